import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@brain/contracts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** The numbered `.sql` files of a folder, in order. */
export async function readMigrations(dir: string): Promise<readonly Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(names.map((name) => readMigration(dir, name)));
  for (const [index, { number, name }] of migrations.entries()) {
    if (number === migrations[index - 1]?.number) throw new DomainError('MIGRATION_NUMBER_TWICE', `${name}: its number is taken`);
  }
  return migrations;
}

async function readMigration(dir: string, name: string): Promise<Migration> {
  const number = /^(\d{4})-/.exec(name)?.[1];
  if (number === undefined) throw new DomainError('MIGRATION_NAME_INVALID', `${name} does not begin with four digits and a dash`);
  const sql = await readFile(join(dir, name), 'utf8');
  return { number: Number(number), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
}
