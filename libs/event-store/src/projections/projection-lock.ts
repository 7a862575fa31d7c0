import type { ClientBase } from 'pg';
import type { Projection } from '../projection.port.js';

/**
 * Held until the end of the transaction, and not on rows: who waits for it has no transaction id yet, so the wait
 * holds back no reader of the event store. Followers of the store take it alone, one batch at a time; handlers of
 * the bus share it; a rebuild takes it alone to stop both for a moment.
 */
export async function lockProjection(
  client: ClientBase,
  schema: string,
  projection: Pick<Projection, 'name'>,
  mode: 'alone' | 'shared',
): Promise<void> {
  const lock = mode === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await client.query(`SELECT ${lock}(hashtextextended($1, 0))`, [`brain.projection:${schema}/${projection.name}`]);
}
