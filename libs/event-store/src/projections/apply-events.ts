import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { writeAsOf } from '../past/event-times.js';
import type { Projection } from '../projection.port.js';

/** The one way events get into read tables, live and in a rebuild: in their order, in as few statements as the projection knows how. */
export async function applyEvents(sql: ClientBase, projection: Projection, events: readonly StoredEvent[]): Promise<void> {
  const each = (event: StoredEvent) => (projection.past === undefined ? Promise.resolve() : writeAsOf(sql, event));
  if (projection.applyMany !== undefined && events.length > 1) return projection.applyMany(sql, events, each);
  for (const event of events) {
    await each(event);
    await projection.apply(sql, event);
  }
}
