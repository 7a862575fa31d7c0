import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pool } from 'pg';
import { SERVICES, TOPICS } from '@brain/contracts';
import type { Projection } from '@brain/event-store';

const SERVICES_FOLDER = path.resolve(import.meta.dirname, '../../../../services');

interface ReadTables {
  readonly schema: string;
  readonly projections: readonly Projection[];
}

/**
 * Every service has seen, and told, everything that is stored: it goes on from here. Its read tables are still empty;
 * a replay with `--swap` fills them.
 */
export async function standAtTheEnd(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ position: string }>(
    `SELECT lpad(transaction_id::text, 20, '0') || '-' || lpad(position::text, 20, '0') AS position
     FROM event_store.event ORDER BY transaction_id DESC, event.position DESC LIMIT 1`,
  );
  const head = rows[0]?.position ?? '';
  for (const service of SERVICES) {
    const { readTables } = (await import(pathToFileURL(path.join(SERVICES_FOLDER, service, 'dist/replay.js')).href)) as { readTables: ReadTables };
    for (const projection of readTables.projections) await toTheEnd(pool, readTables.schema, projection, head);
    await pool.query(
      `INSERT INTO ${readTables.schema}.relay_position (topic, position) SELECT topic, $2 FROM unnest($1::text[]) AS topic
       ON CONFLICT (topic) DO UPDATE SET position = excluded.position`,
      [Object.values(TOPICS), head],
    );
  }
}

async function toTheEnd(pool: Pool, schema: string, { name, from, types }: Projection, head: string): Promise<void> {
  if (from === 'store') {
    await pool.query(
      `INSERT INTO ${schema}.projection_position (name, position) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
      [name, head],
    );
    return;
  }
  await pool.query(
    `INSERT INTO ${schema}.projection_stream (projection, stream_id, revision)
     SELECT $1, stream_id, max(revision) FROM event_store.event WHERE type = ANY ($2) GROUP BY stream_id
     ON CONFLICT (projection, stream_id) DO UPDATE SET revision = excluded.revision`,
    [name, types],
  );
}
