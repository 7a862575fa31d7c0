import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, type TempDir } from '@brain/testing';
import { NOTED, STRUCK } from '@brain/event-store/conformance';
import type { Projection } from '@brain/event-store';

const TABLES = `
  CREATE TABLE note_log (place bigint PRIMARY KEY, n integer NOT NULL, recorded_at timestamptz NOT NULL);
  CREATE TABLE note_copy (stream_id text PRIMARY KEY, latest jsonb NOT NULL, applied integer NOT NULL);`;

/** From the store: its rows tell the order of the events over all streams. */
export const noteLog: Projection = {
  name: 'note-log',
  tables: ['note_log'],
  types: [NOTED],
  from: 'store',
  async apply(sql, { data, recordedAt }) {
    await sql.query('INSERT INTO note_log (place, n, recorded_at) SELECT count(*), $1, $2 FROM note_log', [data['n'], recordedAt]);
  },
};

/** From the bus: each row depends on one stream. */
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

/** A folder of migrations that make the tables of both. */
export async function noteMigrations(): Promise<TempDir> {
  const folder = await tempDir();
  await writeFile(join(folder.path, '0001-notes.sql'), TABLES);
  return folder;
}
