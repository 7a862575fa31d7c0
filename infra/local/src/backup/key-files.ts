import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMissingFile } from '@brain/verifiable-log';
import { writeDurably } from '@brain/service-kit';
import type { DataFolder } from '../start/data-folder.js';
import { isInside } from './manifest.js';
import { BackupError } from './backup-error.js';
import type { KeyFile } from './sealed-keys.js';

/** All that must not be read by who finds a copy of the rest: keys, passwords, tokens, certificates. */
export async function readKeyFiles(folder: DataFolder): Promise<readonly KeyFile[]> {
  const places = [...(await filesIn(folder.keys)), ...(await filesIn(folder.tls)), folder.secrets, folder.credentials, folder.demoDevices];
  const found = await Promise.all(places.map((place) => keyFileAt(folder.root, place)));
  return found.filter((file) => file !== undefined);
}

export async function writeKeyFiles(root: string, files: readonly KeyFile[]): Promise<void> {
  const stranger = files.find((file) => !isInside(file.path));
  if (stranger !== undefined) throw new BackupError('KEYS_NOT_SEALED', `The keys name ${stranger.path}, which is outside of the data folder`);
  for (const file of files) await mkdir(path.dirname(path.join(root, file.path)), { recursive: true, mode: 0o700 });
  await writeDurably(files.map((file) => ({ file: path.join(root, file.path), bytes: file.bytes, mode: file.mode })));
  for (const file of files) await chmod(path.join(root, file.path), file.mode); // whatever the umask took away
}

export function isSameFiles(one: readonly KeyFile[], other: readonly KeyFile[]): boolean {
  const textOf = (files: readonly KeyFile[]) => JSON.stringify(files.map((file) => [file.path, file.bytes.toString('base64')]).sort());
  return textOf(one) === textOf(other);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => !name.endsWith('.new'));
    return names.map((name) => path.join(folder, name));
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw error;
  }
}

async function keyFileAt(root: string, place: string): Promise<KeyFile | undefined> {
  try {
    const [{ mode }, bytes] = await Promise.all([stat(place), readFile(place)]);
    return { path: path.relative(root, place).split(path.sep).join('/'), mode: mode & 0o777, bytes };
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
}
