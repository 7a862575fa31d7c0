import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { closedFolder } from './postgres-reach.js';

/** Nobody in particular: who has no rights but those of everybody. */
const EVERYBODY = { uid: -1, gid: -1 };
const WRITABLE_BY_OTHERS = 0o022;

const UNFINISHED = '.copying-';
const HOUR_MS = 3_600_000;

/** Where a copy may lie, the first that serves. */
export const COPY_PLACES: readonly string[] = ['/var/cache', '/var/lib', '/var/tmp', tmpdir()];

/**
 * A copy of an npm package that every user can read and only we can write, made once: its name holds the version and
 * a hash of what is in it. Other starts at the same moment make it beside each other, and the first rename counts.
 */
export async function copyForEverybody(source: string, places: readonly string[] = COPY_PLACES): Promise<string> {
  const cache = await cacheFolder(places, source);
  const copy = join(cache, await nameOf(source));
  if (await isFolder(copy)) return copy;
  await removeUnfinished(cache);
  const beside = await mkdtemp(join(cache, UNFINISHED));
  try {
    await cp(source, beside, { recursive: true, verbatimSymlinks: true });
    await openToAll(beside);
    await rename(beside, copy);
  } catch (error) {
    if (!(await isFolder(copy))) throw error;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return copy;
}

/** What runs from here runs with rights of ours, so a folder that another user made or may write is not taken. */
async function cacheFolder(places: readonly string[], source: string): Promise<string> {
  for (const place of places) {
    const folder = join(place, 'community-brain');
    await mkdir(folder, { mode: 0o755 }).catch(() => undefined);
    const found = await lstat(folder).catch(() => undefined);
    if (found === undefined || !found.isDirectory() || found.uid !== process.getuid?.()) continue;
    if ((found.mode & WRITABLE_BY_OTHERS) !== 0) continue;
    await chmod(folder, 0o755); // whatever the umask took away
    if ((await closedFolder(EVERYBODY, folder)) === undefined) return folder;
  }
  throw new Error(
    `PostgreSQL cannot run as root, its own user cannot read ${source}, and no place for a copy was found in ${places.join(', ')}. ` +
      'Move the checkout to a folder that everybody may pass, or start as an ordinary user.',
  );
}

async function nameOf(source: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesIn(source)) {
    const { size } = await lstat(file);
    hash.update(`${relative(source, file)}\0${String(size)}\n`);
  }
  for (const program of await filesIn(join(source, 'native', 'bin'))) hash.update(await readFile(program));
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  return `postgres-${version}-${hash.digest('hex').slice(0, 16)}`;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const { mode } = await stat(path);
    await chmod(path, entry.isDirectory() || (mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}

/** What was killed while it copied; a copy takes seconds. */
async function removeUnfinished(cache: string): Promise<void> {
  for (const name of (await readdir(cache)).filter((one) => one.startsWith(UNFINISHED))) {
    const made = await stat(join(cache, name)).catch(() => undefined);
    if (made !== undefined && Date.now() - made.ctimeMs > HOUR_MS) await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;
}
