import type { ClientBase } from 'pg';
import { DomainError } from '@brain/contracts';
import { inSchema } from './in-schema.js';
import { readMigrations, type Migration } from './migration-files.js';

const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS schema_migration (
  number     integer PRIMARY KEY,
  name       text NOT NULL,
  sha256     text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)`;

/**
 * Brings a schema to the newest of the folder's numbered files, forward only, each in its own transaction. Only one
 * process at a time; a file that changed after it ran is refused with MIGRATION_CHANGED, a schema that has seen
 * newer files than these with DATA_VERSION_NEWER.
 */
export async function runMigrations(client: ClientBase, schema: string, dir: string, bookkeeping: readonly string[] = []): Promise<void> {
  const files = await readMigrations(dir);
  const lock = `brain.migrate:${schema}`;
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [lock]);
  try {
    await createSchema(client, schema);
    await inSchema(client, schema, async () => {
      for (const sql of [BOOKKEEPING, ...bookkeeping]) await client.query(sql);
    });
    for (const file of await notYetApplied(client, schema, files)) await apply(client, schema, file);
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]);
  }
}

/** Asked first, because IF NOT EXISTS wants the right to create even where nothing is to be created. */
async function createSchema(client: ClientBase, schema: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${client.escapeIdentifier(schema)}`);
}

async function notYetApplied(client: ClientBase, schema: string, files: readonly Migration[]): Promise<readonly Migration[]> {
  const { rows } = await inSchema(client, schema, () =>
    client.query<Omit<Migration, 'sql'>>('SELECT number, name, sha256 FROM schema_migration ORDER BY number'),
  );
  const byNumber = new Map(files.map((file) => [file.number, file]));
  for (const { number, name, sha256 } of rows) {
    const file = byNumber.get(number);
    if (file === undefined) {
      throw new DomainError('DATA_VERSION_NEWER', `The data in ${schema} was written by a newer version: it has seen ${name}`);
    }
    if (file.sha256 !== sha256) throw new DomainError('MIGRATION_CHANGED', `${file.name} was changed after it ran in ${schema}`);
  }
  const applied = new Set(rows.map(({ number }) => number));
  return files.filter(({ number }) => !applied.has(number));
}

async function apply(client: ClientBase, schema: string, { number, name, sql, sha256 }: Migration): Promise<void> {
  await inSchema(client, schema, async () => {
    try {
      await client.query(sql);
    } catch (error) {
      throw new Error(`Migration ${name} of ${schema} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    await client.query('INSERT INTO schema_migration (number, name, sha256) VALUES ($1, $2, $3)', [number, name, sha256]);
  });
}
