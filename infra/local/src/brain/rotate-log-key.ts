import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '@brain/service-kit';
import { generateSigningKey, isMissingFile, openKeyRotation, parseSigningKey, signKeyRotation, type NoteSigner } from '@brain/verifiable-log';

export interface LogKeyFiles {
  /** One key a line, the newest first: what the audit service signs with. */
  readonly keyFile: string;
  /** The log as it is served. */
  readonly logFolder: string;
}

const OWNER_ONLY = 0o600;

/**
 * A new key for the log: the old one says in a statement beside the log that the new one follows it, and goes on
 * signing along, so whoever pinned it is not left behind. Killed at any point and run again it goes on with the same
 * new key: a second successor of one key would be a fork.
 */
export async function rotateLogKey({ keyFile, logFolder }: LogKeyFiles): Promise<{ readonly previous: string; readonly next: string }> {
  const keys = await readFile(keyFile, 'utf8');
  const [first = '', second = first] = keys.split('\n');
  const current = parseSigningKey(first);
  const nextFile = `${keyFile}.next`;
  const next = await keyIn(nextFile, current.name);
  if (next.signer.vkey === current.vkey) {
    await rm(nextFile); // all but this was done when it was killed
    return { previous: parseSigningKey(second).vkey, next: current.vkey };
  }
  await state(path.join(logFolder, 'key-rotations'), current, next.signer);
  await writeDurably([{ file: keyFile, bytes: Buffer.from(`${next.skey}\n${keys}`), mode: OWNER_ONLY }]);
  await rm(nextFile);
  return { previous: current.vkey, next: next.signer.vkey };
}

async function keyIn(file: string, name: string): Promise<{ readonly skey: string; readonly signer: NoteSigner }> {
  const kept = await textOf(file);
  if (kept !== undefined) return { skey: kept.trim(), signer: parseSigningKey(kept.trim()) };
  const { skey } = generateSigningKey(name);
  await writeDurably([{ file, bytes: Buffer.from(`${skey}\n`), mode: OWNER_ONLY }]);
  return { skey, signer: parseSigningKey(skey) };
}

async function state(folder: string, previous: NoteSigner, next: NoteSigner): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
  for (const name of names) {
    const said = openKeyRotation(await readFile(path.join(folder, name), 'utf8'));
    if (said.previous === previous.vkey && said.next === next.vkey) return;
  }
  const statement = Buffer.from(signKeyRotation(previous.name, previous, next));
  await writeDurably([{ file: path.join(folder, String(names.length + 1).padStart(4, '0')), bytes: statement }]);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}
