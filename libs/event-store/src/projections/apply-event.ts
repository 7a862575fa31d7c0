import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { writeAsOf } from '../past/event-times.js';
import type { Projection } from '../projection.port.js';

/** The one way an event gets into read tables, live and in a rebuild. */
export async function applyEvent(sql: ClientBase, projection: Projection, event: StoredEvent): Promise<void> {
  if (projection.past !== undefined) await writeAsOf(sql, event);
  await projection.apply(sql, event);
}
