import type { Pool, PoolClient } from 'pg';
import { DomainError, type StoredEvent } from '@brain/contracts';
import { newestOf, START_POSITION, type EventReader } from '@brain/event-store';
import { EMPTY_TREE, entryOf, growTree, leafHashes, rootOf, sameBytes } from '@brain/verifiable-log';

const CHUNK = 4_096;

/**
 * Ties the log to a copy of the store it was made from: every leaf finds its event there. Only when the first events of
 * that store give the very root that was signed, leaf by leaf; otherwise nothing is changed.
 * @throws DomainError LOG_DISAGREES_WITH_STORE
 */
export async function repointLog(pool: Pool, schema: string, store: Pick<EventReader, 'readAll'>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL search_path TO ${client.escapeIdentifier(schema)}`);
    await repoint(client, store);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function repoint(client: PoolClient, store: Pick<EventReader, 'readAll'>): Promise<void> {
  const { rows } = await client.query<{ tree_size: string; root: Buffer }>('SELECT tree_size, root FROM log_head FOR UPDATE');
  const [head] = rows;
  if (head === undefined) return;
  await client.query('DELETE FROM log_leaf');
  let edge = EMPTY_TREE;
  let last: StoredEvent | undefined;
  for await (const events of firstOf(store, Number(head.tree_size))) {
    await client.query(
      `INSERT INTO log_leaf (leaf_index, position)
       SELECT $1::bigint + place - 1, position FROM unnest($2::text[]) WITH ORDINALITY AS leaf (position, place)`,
      [edge.size, events.map(({ position }) => position)],
    );
    ({ edge } = growTree(edge, leafHashes(events.map(entryOf))));
    last = events.at(-1);
  }
  if (edge.size !== Number(head.tree_size) || !sameBytes(rootOf(edge), head.root)) {
    throw new DomainError('LOG_DISAGREES_WITH_STORE', `The first ${head.tree_size} events of this store do not give the root of the log: it is no copy of the store that the log was made from`);
  }
  if (last !== undefined) await client.query('UPDATE log_head SET position = $1, newest = $2', [last.position, JSON.stringify(newestOf([last]))]);
}

async function* firstOf(store: Pick<EventReader, 'readAll'>, count: number): AsyncIterable<readonly StoredEvent[]> {
  const chunk: StoredEvent[] = [];
  let left = count;
  if (left === 0) return;
  for await (const event of store.readAll({ after: START_POSITION })) {
    chunk.push(event);
    left -= 1;
    if (chunk.length === CHUNK || left === 0) yield chunk.splice(0);
    if (left === 0) return;
  }
  if (chunk.length > 0) yield chunk;
}
