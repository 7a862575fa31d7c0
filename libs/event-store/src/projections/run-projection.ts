import type { ClientBase, Pool } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { EventStore, TailBatch } from '../event-store.port.js';
import { newestOf } from '../newest-event.js';
import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';
import { applyEvents } from './apply-events.js';
import { preparing } from './prepared-client.js';
import { lockProjection } from './projection-lock.js';
import { readPosition, savePosition } from './projection-position.js';
import { withClient } from './with-client.js';

const IDLE_SAVE_MS = 5_000;

export interface RunProjectionOptions {
  readonly projection: Projection;
  readonly store: EventStore;
  readonly pool: Pool;
  readonly schema: string;
  /** Ends the run without an error. */
  readonly signal: AbortSignal;
  /** After the commit of each batch that had events. */
  readonly onApplied?: (events: readonly StoredEvent[]) => void;
}

/**
 * Follows the event store for a projection with `from: 'store'`: each batch and its position in one transaction.
 * Any number of processes may run one projection: one applies at a time, and who finds the position moved goes on
 * from there. Throws when a batch cannot be applied; the caller runs it again, and nothing is skipped.
 */
export async function runProjection(options: RunProjectionOptions): Promise<void> {
  while (!options.signal.aborted) await followUntilOvertaken(options);
}

async function followUntilOvertaken({ projection, store, pool, schema, signal, onApplied }: RunProjectionOptions): Promise<void> {
  let saved = await withClient(pool, (client) => inSchema(client, schema, () => readPosition(client, projection.name)));
  let savedAt = performance.now();
  for await (const batch of store.tail({ after: saved, types: projection.types, signal })) {
    // Where nothing concerned us, the position alone is not worth a commit each time.
    if (batch.events.length === 0 && performance.now() - savedAt < IDLE_SAVE_MS) continue;
    const isApplied = await withClient(pool, (client) => applyBatch(client, schema, projection, saved, batch));
    if (!isApplied) return;
    saved = batch.position;
    savedAt = performance.now();
    if (batch.events.length > 0) onApplied?.(batch.events);
  }
}

/**
 * False when another process has moved the position since. The commit waits for no disk: position and tables come
 * back from a crash together, and what is missing is applied again.
 */
function applyBatch(client: ClientBase, schema: string, projection: Projection, expected: string, batch: TailBatch): Promise<boolean> {
  const apply = async () => {
    await lockProjection(client, schema, projection, 'alone');
    if ((await readPosition(client, projection.name)) !== expected) return false;
    const sql = preparing(client);
    await applyEvents(sql, projection, batch.events);
    await savePosition(client, projection.name, batch.position, newestOf(batch.events));
    return true;
  };
  return inSchema(client, schema, apply, { isDurable: false });
}
