import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { StartError } from './start-error.js';

/** The whole text or the file as it was: a disk that is full half way leaves no half of a password. */
export function writeWhole(file: string, text: string, mode: number): void {
  const beside = `${file}.new`;
  try {
    rmSync(beside, { force: true }); // one left from before would keep its mode
    const handle = openSync(beside, 'w', mode);
    try {
      for (let rest = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(handle, rest));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** What a start wrote earlier. @throws StartError when it is no JSON any more */
export function readKept(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new StartError(`${file} is damaged: it is not JSON. Put it back from a backup.`);
  }
}
