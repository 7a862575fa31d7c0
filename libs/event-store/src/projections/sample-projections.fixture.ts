import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, type TempDir } from '@brain/testing';
import { NOTED, STRUCK } from '../conformance/sample-events.js';
import type { Projection } from '../projection.port.js';

export const TABLES = `
  CREATE TABLE note_total (stream_id text PRIMARY KEY, notes bigint NOT NULL, sum bigint NOT NULL);
  CREATE TABLE note_log (place bigint PRIMARY KEY, n integer NOT NULL, at timestamptz NOT NULL);
  CREATE INDEX note_log_at ON note_log (at, n DESC) WHERE n > 0;
  CREATE TABLE note_copy (stream_id text PRIMARY KEY, latest jsonb NOT NULL, applied integer NOT NULL);
  -- Not from events, and bound to one another: what a service keeps beside its read tables.
  CREATE TABLE reader (reader_id integer PRIMARY KEY);
  CREATE TABLE reader_session (reader_id integer NOT NULL REFERENCES reader);`;

/** Own events, over all streams: depends on the order of the store. */
export const noteTotals: Projection = {
  name: 'note-totals',
  tables: ['note_total', 'note_log'],
  types: [NOTED],
  from: 'store',
  async apply(sql, { streamId, data, metadata }) {
    await sql.query(
      `INSERT INTO note_total (stream_id, notes, sum) VALUES ($1, 1, $2)
       ON CONFLICT (stream_id) DO UPDATE SET notes = note_total.notes + 1, sum = note_total.sum + excluded.sum`,
      [streamId, data['n']],
    );
    await sql.query('INSERT INTO note_log (place, n, at) SELECT count(*), $1, $2 FROM note_log', [data['n'], metadata.time]);
  },
};

/** Another service's events, by the bus: each row depends on one stream. */
export const noteCopies: Projection = {
  name: 'note-copies',
  tables: ['note_copy'],
  types: [NOTED, STRUCK],
  from: { topics: ['sample.events'] },
  async apply(sql, { streamId, data }) {
    await sql.query(
      `INSERT INTO note_copy (stream_id, latest, applied) VALUES ($1, $2, 1)
       ON CONFLICT (stream_id) DO UPDATE SET latest = excluded.latest, applied = note_copy.applied + 1`,
      [streamId, JSON.stringify(data)],
    );
  },
};

/** A folder with these migration files. */
export async function migrationsFolder(files: Readonly<Record<string, string>> = { '0001-notes.sql': TABLES }): Promise<TempDir> {
  const folder = await tempDir();
  await Promise.all(Object.entries(files).map(([name, sql]) => writeFile(join(folder.path, name), sql)));
  return folder;
}
