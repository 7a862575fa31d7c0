import { mkdir, readdir } from 'node:fs/promises';
import { BackupError } from './backup-error.js';
import { UNFINISHED_RESTORE } from '../start/data-folder.js';
import { DATABASE_ARCHIVE, MANIFEST } from './manifest.js';

/** What a file system keeps in the top folder of a disk of its own. */
const OF_THE_DISK = new Set(['lost+found', '.DS_Store']);

/** Makes it when it is missing. @throws BackupError FOLDER_NOT_EMPTY */
export async function requireEmptyFolder(folder: string, what: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(folder)).filter((name) => !OF_THE_DISK.has(name));
  if (names.length === 0) return;
  throw new BackupError('FOLDER_NOT_EMPTY', `${what} goes into an empty folder, and ${folder} ${whatIsIn(names)}`);
}

function whatIsIn(names: readonly string[]): string {
  if (names.includes(DATABASE_ARCHIVE) && !names.includes(MANIFEST)) return 'holds a backup that was interrupted: delete it first';
  if (names.includes(UNFINISHED_RESTORE)) return 'holds a restore that was interrupted: empty it first';
  return `is not empty (${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''})`;
}
