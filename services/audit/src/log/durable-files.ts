import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

export interface FileToWrite {
  /** Absolute. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Default 0o644. */
  readonly mode?: number;
}

/**
 * Writes files so that each is there whole or not at all, and is on disk when this resolves: beside, synced, renamed,
 * and the folder synced too. A full disk throws before anything took its place.
 */
export async function writeDurably(files: readonly FileToWrite[]): Promise<void> {
  const beside: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { file, bytes, mode = 0o644 } of files) {
      await mkdir(path.dirname(file), { recursive: true });
      const from = `${file}.new`;
      beside.push({ from, to: file });
      await writeSynced(from, bytes, mode);
    }
  } catch (error) {
    await Promise.all(beside.map(({ from }) => rm(from, { force: true })));
    throw error;
  }
  for (const { from, to } of beside) await rename(from, to);
  for (const folder of new Set(files.map(({ file }) => path.dirname(file)))) await syncFolder(folder);
}

async function writeSynced(file: string, bytes: Uint8Array, mode: number): Promise<void> {
  const handle = await open(file, 'w', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is durable when the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
