import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from './start-error.js';

/** Raised when a newer program lays the folder out in a way an older one cannot read. */
export const DATA_VERSION = 1;
const LEAST_FREE_BYTES = 1024 ** 3;

/** Where things are inside the data folder. */
export interface DataFolder {
  readonly root: string;
  readonly postgres: string;
  readonly keys: string;
  readonly tls: string;
  readonly logs: string;
  /** The verifiable log: checkpoint and tiles. */
  readonly log: string;
  readonly secrets: string;
  readonly credentials: string;
  readonly runtime: string;
  readonly demoDevices: string;
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    postgres: path.join(root, 'postgres'),
    keys: path.join(root, 'keys'),
    tls: path.join(root, 'tls'),
    logs: path.join(root, 'logs'),
    log: path.join(root, 'log'),
    secrets: path.join(root, 'secrets.json'),
    credentials: path.join(root, 'credentials.json'),
    runtime: path.join(root, 'runtime.json'),
    demoDevices: path.join(root, 'demo-devices.json'),
  };
}

/** Makes the folder, or checks that this program may use it. @throws StartError */
export async function openDataFolder(root: string): Promise<DataFolder> {
  const folder = dataFolder(root);
  try {
    for (const dir of [root, folder.keys, folder.logs]) mkdirSync(dir, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new StartError(`The data folder ${root} cannot be written: ${reason(error)}. Use --data DIR for another.`);
  }
  checkVersion(path.join(root, 'version.json'));
  await checkSpace(root);
  takeLock(path.join(root, 'supervisor.pid'));
  return folder;
}

export function releaseDataFolder(folder: DataFolder): void {
  rmSync(path.join(folder.root, 'supervisor.pid'), { force: true });
  rmSync(folder.runtime, { force: true });
}

function checkVersion(file: string): void {
  if (!existsSync(file)) {
    writeFileSync(file, `${JSON.stringify({ dataVersion: DATA_VERSION })}\n`);
    return;
  }
  const { dataVersion } = JSON.parse(readFileSync(file, 'utf8')) as { dataVersion: number };
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

/** Two supervisors over one folder would fight about its database. */
function takeLock(file: string): void {
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new StartError(`The data folder is in use by process ${String(holder)}. Stop it, or use --data DIR.`);
  }
  writeFileSync(file, String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
