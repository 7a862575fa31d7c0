import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeDurably } from '@brain/service-kit';
import { BackupError } from './backup-error.js';
import { digestOf } from './hashed-file.js';

export const MANIFEST = 'manifest.json';
export const DATABASE_ARCHIVE = 'database.tar';
export const LOG_ARCHIVE = 'log.tar';
export const SEALED_KEYS = 'keys.sealed';
const FORMAT = 1;

const fileEntry = z.object({ path: z.string(), bytes: z.number().int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const manifest = z.object({
  format: z.literal(FORMAT),
  /** The moment that the copy is of: everything acknowledged before it is in it. */
  takenAt: z.iso.datetime(),
  dataVersion: z.number().int(),
  postgres: z.object({ version: z.string(), unpackedBytes: z.number().int(), startLsn: z.string(), endLsn: z.string() }),
  /** `postgres`: in the database; else only what was made from it is here, and its own copy belongs beside this one. */
  eventStore: z.enum(['postgres', 'eventstoredb']),
  /** Whether the master keys are among the sealed keys; else they are kept where the product was told of them. */
  hasMasterKeys: z.boolean(),
  /** The newest signed checkpoint in it, as text; null: nothing was signed yet. */
  checkpoint: z.string().nullable(),
  files: z.array(fileEntry),
});
export type BackupManifest = z.infer<typeof manifest>;
export type BackupFile = z.infer<typeof fileEntry>;

/** Written last, and whole or not at all: a folder without it is no backup. */
export async function writeManifest(folder: string, content: Omit<BackupManifest, 'format'>): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, ...content }, null, 2)}\n`;
  await writeDurably([{ file: path.join(folder, MANIFEST), bytes: Buffer.from(text), mode: 0o600 }]);
}

/** @throws BackupError BACKUP_MISSING, BACKUP_INCOMPLETE, BACKUP_UNREADABLE */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) throw new BackupError('BACKUP_MISSING', `There is no folder ${folder}`);
  if (!names.includes(MANIFEST)) throw new BackupError('BACKUP_INCOMPLETE', `${folder} has no ${MANIFEST}: the backup was interrupted, or this is none`);
  const text = await readFile(path.join(folder, MANIFEST), 'utf8');
  try {
    const found = manifest.parse(JSON.parse(text));
    // A path that leads out of the folder would be read, and written, elsewhere.
    if (found.files.every((file) => isInside(file.path))) return found;
  } catch {
    // said below
  }
  throw new BackupError('BACKUP_UNREADABLE', `${path.join(folder, MANIFEST)} is not the manifest of a backup that this program knows`);
}

/** @throws BackupError BACKUP_DAMAGED naming the first file that is not what was written */
export async function verifyFiles(folder: string, files: readonly BackupFile[], onBytes: (bytes: number) => void = () => undefined): Promise<void> {
  for (const { path: name, bytes, sha256 } of files) {
    const found = await digestOf(path.join(folder, name), onBytes).catch((error: unknown) => {
      throw new BackupError('BACKUP_DAMAGED', `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (found.bytes !== bytes || found.sha256 !== sha256) throw new BackupError('BACKUP_DAMAGED', `${name} is not what was written (${String(found.bytes)} bytes, ${String(bytes)} expected)`);
  }
}

export function isInside(name: string): boolean {
  return name !== '' && !path.isAbsolute(name) && !name.split(/[\\/]/).includes('..');
}
