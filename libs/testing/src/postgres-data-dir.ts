import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { commandAs, type ServerUser } from './postgres-user.js';

const run = promisify(execFile);
const UNFINISHED = '.unfinished-';

export interface NewDataDir {
  readonly dataDir: string;
  readonly initdb: string;
  readonly superuser: string;
  readonly password: string;
  readonly user: ServerUser;
  /** Waits for the disk. Off for tests only. */
  readonly isDurable: boolean;
}

/**
 * `initdb` once; a folder that already holds a database is left as it is. It is made beside and renamed, so that a
 * start killed half way leaves no half of a database.
 */
export async function initialiseDataDir(options: NewDataDir): Promise<void> {
  const { dataDir } = options;
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  await mkdir(dirname(dataDir), { recursive: true, mode: 0o700 });
  await removeUnfinished(dataDir);
  const beside = await mkdtemp(`${dataDir}${UNFINISHED}`);
  try {
    await runInitdb({ ...options, dataDir: beside });
    await rename(beside, dataDir);
    if (options.isDurable) await syncFolder(dirname(dataDir));
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** A rename is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeUnfinished(dataDir: string): Promise<void> {
  const left = (await readdir(dirname(dataDir))).filter((name) => name.startsWith(`${basename(dataDir)}${UNFINISHED}`));
  for (const name of left) await rm(join(dirname(dataDir), name), { recursive: true, force: true, maxRetries: 5 });
}

async function runInitdb({ dataDir, initdb, superuser, password, user, isDurable }: NewDataDir): Promise<void> {
  if (user.uid !== undefined && user.gid !== undefined) await chown(dataDir, user.uid, user.gid);
  const passwordFile = `${dataDir}.pw`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(passwordFile, user.uid, user.gid);
  try {
    // The builtin locale sorts and compares the same on every machine and needs no locale installed.
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    const access = ['--auth=scram-sha-256', `--username=${superuser}`, `--pwfile=${passwordFile}`];
    const flags = [`--pgdata=${dataDir}`, ...access, ...locale, ...(isDurable ? [] : ['--no-sync', '--set=scram_iterations=1'])];
    const { command, args, options: as } = await commandAs(user, [initdb, ...flags], [initdb, dataDir]);
    await run(command, args, { ...as, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * After a `kill -9` the folder still names a server. One that lives is stopped first; when its number now belongs to
 * some other program, PostgreSQL would refuse to start, so the note is removed. A dead one is left to PostgreSQL,
 * which also looks whether anything still uses its memory.
 */
export async function clearStaleServer(dataDir: string): Promise<void> {
  const note = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(note, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return;
  if (await isServerOf(pid, dataDir)) await stopServer(pid);
  else await rm(note, { force: true });
}

async function stopServer(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT'); // PostgreSQL's fast shutdown
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (!isAlive(pid)) return;
    await pause(50);
  }
  throw new Error(`A PostgreSQL server of an earlier run does not stop (process ${String(pid)})`);
}

async function isServerOf(pid: number, dataDir: string): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => readArguments(pid));
  return stdout.includes('postgres') && stdout.includes(dataDir);
}

/** Where there is no `ps`. */
async function readArguments(pid: number): Promise<{ stdout: string }> {
  return { stdout: (await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ') };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
