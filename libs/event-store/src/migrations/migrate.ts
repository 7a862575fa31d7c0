import type { ClientBase } from 'pg';
import { KEEP_PAST } from '../past/keep-past.sql.js';
import { runMigrations } from './run-migrations.js';

/** How far each projection of the schema has come; written in the transaction that writes the read tables. */
const PROJECTION_TABLES = [
  ...KEEP_PAST,
  `CREATE TABLE IF NOT EXISTS projection_position (
     name     text PRIMARY KEY,
     position text NOT NULL
   )`,
  // The newest event that was applied, by which another store or an older copy is known.
  'ALTER TABLE projection_position ADD COLUMN IF NOT EXISTS newest json',
  // Which store all of it was made from.
  `CREATE TABLE IF NOT EXISTS kept_store (
     one      boolean PRIMARY KEY DEFAULT true CHECK (one),
     store_id text NOT NULL
   )`,
  // How each read table was made from its first row on: written when the table begins, and at no other time.
  `CREATE TABLE IF NOT EXISTS read_table_made (
     table_name text PRIMARY KEY,
     making     text NOT NULL,
     made_at    timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
  `CREATE TABLE IF NOT EXISTS projection_stream (
     projection text NOT NULL,
     stream_id  text NOT NULL,
     revision   bigint NOT NULL,
     PRIMARY KEY (projection, stream_id)
   )`,
];

/** Brings a service's schema up to date: the tables its projections are kept with, then its numbered files. */
export function migrate(client: ClientBase, schema: string, dir: string): Promise<void> {
  return runMigrations(client, schema, dir, PROJECTION_TABLES);
}
