import type { ClientBase, Pool } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';
import { applyEvents } from './apply-events.js';
import { preparing } from './prepared-client.js';
import { lockProjection } from './projection-lock.js';
import { saveRevisions, takeRevisions } from './stream-revisions.js';
import { withClient } from './with-client.js';

export interface ApplyFromBusOptions {
  readonly projection: Projection;
  readonly pool: Pool;
  readonly schema: string;
  /** In order within each stream, repeats allowed; types that the projection does not apply are left out. */
  readonly events: readonly StoredEvent[];
}

/** Applies a delivered batch in one transaction. Returns the events that were new. */
export async function applyFromBus({ projection, pool, schema, events }: ApplyFromBusOptions): Promise<readonly StoredEvent[]> {
  const wanted = events.filter(({ type }) => projection.types.includes(type));
  if (wanted.length === 0) return [];
  return withClient(pool, (client) =>
    inSchema(client, schema, async () => {
      await lockProjection(client, schema, projection, 'shared');
      return applyOnce(client, projection, wanted);
    }),
  );
}

/** Leaves out what its stream was applied up to before. Inside a transaction and the projection's schema. */
export async function applyOnce(client: ClientBase, projection: Projection, events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
  const revisions = await takeRevisions(client, projection.name, events);
  const sql = preparing(client);
  const due = events.filter(({ streamId, revision }) => {
    if (revision <= (revisions.get(streamId) ?? -1)) return false;
    revisions.set(streamId, revision);
    return true;
  });
  if (due.length === 0) return due;
  await applyEvents(sql, projection, due);
  await saveRevisions(client, projection.name, revisions);
  return due;
}
