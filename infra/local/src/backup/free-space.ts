import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { BackupError } from './backup-error.js';

const MB = 1024 ** 2;
/** For what grows meanwhile. */
const RESERVE_BYTES = 64 * MB;

/** @throws BackupError DISK_TOO_SMALL before anything is written */
export async function requireSpace(place: string, neededBytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(existingParent(place));
  const [free, needed] = [bavail * bsize, neededBytes + RESERVE_BYTES];
  if (free >= needed) return;
  throw new BackupError('DISK_TOO_SMALL', `${what} needs ${megabytes(needed)} at ${place}, and ${megabytes(free)} are free`);
}

export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / MB).toLocaleString('en')} MB`;
}

function existingParent(place: string): string {
  return existsSync(place) ? place : existingParent(path.dirname(place));
}
