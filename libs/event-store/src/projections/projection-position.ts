import type { ClientBase } from 'pg';
import type { NewestEvent } from '../newest-event.js';
import { START_POSITION } from '../event-store.port.js';

/** Read and written inside the schema of the projection's tables. */
export async function readPosition(client: ClientBase, name: string): Promise<string> {
  const { rows } = await client.query<{ position: string }>('SELECT position FROM projection_position WHERE name = $1', [name]);
  return rows[0]?.position ?? START_POSITION;
}

/** @param newest the event that the projection has come to; null: nothing new was for it */
export async function savePosition(client: ClientBase, name: string, position: string, newest: NewestEvent | null): Promise<void> {
  await client.query(
    `INSERT INTO projection_position AS known (name, position, newest) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET position = excluded.position, newest = coalesce(excluded.newest, known.newest)`,
    [name, position, newest === null ? null : JSON.stringify(newest)],
  );
}
