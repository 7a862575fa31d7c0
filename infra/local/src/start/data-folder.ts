import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { serverUser } from '@brain/testing/postgres-server';
import { takeLock } from './folder-lock.js';
import { StartError } from './start-error.js';
import { readKept, writeWhole } from './write-whole.js';

/** Raised when a newer program lays the folder out in a way an older one cannot read. */
export const DATA_VERSION = 1;
/** There as long as a backup is being restored into the folder. */
export const UNFINISHED_RESTORE = 'restore-unfinished.txt';
const LEAST_FREE_BYTES = 1024 ** 3;
const OWNER_ONLY = 0o700;
/** The server's user passes through the folder to its own, and cannot list it. */
const OWNER_AND_SERVER = 0o710;

/** Where things are inside the data folder. */
export interface DataFolder {
  readonly root: string;
  readonly postgres: string;
  readonly keys: string;
  readonly tls: string;
  readonly logs: string;
  /** The verifiable log: checkpoint and tiles. */
  readonly log: string;
  readonly version: string;
  readonly secrets: string;
  readonly credentials: string;
  readonly runtime: string;
  readonly demoDevices: string;
  /** Process ids and start times of the services. */
  readonly processes: string;
  /** The supervisor that uses the folder. */
  readonly lock: string;
  readonly unfinishedRestore: string;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    postgres: path.join(root, 'postgres'),
    keys: path.join(root, 'keys'),
    tls: path.join(root, 'tls'),
    logs: path.join(root, 'logs'),
    log: path.join(root, 'log'),
    version: path.join(root, 'version.json'),
    secrets: path.join(root, 'secrets.json'),
    credentials: path.join(root, 'credentials.json'),
    runtime: path.join(root, 'runtime.json'),
    demoDevices: path.join(root, 'demo-devices.json'),
    processes: path.join(root, 'processes.json'),
    lock: path.join(root, 'supervisor.pid'),
    unfinishedRestore: path.join(root, UNFINISHED_RESTORE),
  };
}

/** Makes the folder, or checks that this program may use it. @throws StartError */
export async function openDataFolder(root: string): Promise<DataFolder> {
  const folder = dataFolder(root);
  try {
    await makePrivate(folder);
  } catch (error) {
    throw new StartError(`The data folder ${root} cannot be written: ${reason(error)}. Use --data DIR for another.`);
  }
  if (existsSync(folder.unfinishedRestore)) {
    throw new StartError(`A restore into ${root} has not ended. Wait for it; when it was interrupted, empty the folder and restore again.`);
  }
  checkVersion(folder.version);
  await checkSpace(root);
  takeLock(folder.lock);
  return folder;
}

export function releaseDataFolder(folder: DataFolder): void {
  rmSync(folder.lock, { force: true });
  rmSync(folder.runtime, { force: true });
}

/** Nobody else reads keys, logs or certificates, nor in a folder of an earlier version, which was open to all. */
async function makePrivate(folder: DataFolder): Promise<void> {
  const isOurs = !existsSync(folder.root) || existsSync(folder.version) || readdirSync(folder.root).length === 0;
  for (const dir of [folder.root, folder.keys, folder.logs, folder.tls, folder.log]) {
    mkdirSync(dir, { recursive: true, mode: OWNER_ONLY });
    // A folder that holds more than ours is left as it is: somebody else may have to pass it.
    if (dir !== folder.root) closeToOthers(dir, OWNER_ONLY);
  }
  if (!isOurs) return;
  const { gid } = await serverUser();
  if (gid !== undefined) chownSync(folder.root, statSync(folder.root).uid, gid);
  closeToOthers(folder.root, gid === undefined ? OWNER_ONLY : OWNER_AND_SERVER);
}

function closeToOthers(dir: string, mode: number): void {
  if ((statSync(dir).mode & 0o777) !== mode) chmodSync(dir, mode);
}

function checkVersion(file: string): void {
  if (!existsSync(file)) {
    writeWhole(file, `${JSON.stringify({ dataVersion: DATA_VERSION })}\n`, 0o600);
    return;
  }
  const { dataVersion } = readKept(file) as { dataVersion: number };
  if (dataVersion > DATA_VERSION) {
    throw new StartError(
      `The data folder is of version ${String(dataVersion)}, this program knows version ${String(DATA_VERSION)}. ` +
        'Use the newer program, or --data DIR for another folder.',
    );
  }
}

async function checkSpace(root: string): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free < LEAST_FREE_BYTES) {
    throw new StartError(`Only ${String(Math.round(free / 1024 ** 2))} MB are free at ${root}, at least 1,024 MB are needed.`);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
