import type { ClientBase } from 'pg';
import { START_POSITION } from '../event-store.port.js';

/** Read and written inside the schema of the projection's tables. */
export async function readPosition(client: ClientBase, name: string): Promise<string> {
  const { rows } = await client.query<{ position: string }>('SELECT position FROM projection_position WHERE name = $1', [name]);
  return rows[0]?.position ?? START_POSITION;
}

export async function savePosition(client: ClientBase, name: string, position: string): Promise<void> {
  await client.query(
    `INSERT INTO projection_position (name, position) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
    [name, position],
  );
}
