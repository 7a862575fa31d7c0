import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { insertEvents } from './audit-event-rows.js';
import { erasedSubjectOf, eraseSubject, withoutErased } from './erased-people.js';
import { publishedEventTypes } from './published-event-types.js';

/** All events of all services. Only audit reads the whole store: its subject is the store itself. */
export const auditEventProjection: Projection = {
  name: 'audit-event',
  tables: ['audit_event'],
  types: publishedEventTypes,
  from: 'store',
  apply: (sql, stored) => addEvents(sql, [stored]),
  applyMany: addEvents,
};

/** An erasure reaches the rows before it, so those are written first. */
async function addEvents(sql: ClientBase, events: readonly StoredEvent[]): Promise<void> {
  let waiting: StoredEvent[] = [];
  for (const stored of events) {
    waiting.push(await withoutErased(sql, stored));
    const subject = erasedSubjectOf(stored);
    if (subject === undefined) continue;
    await insertEvents(sql, waiting);
    waiting = [];
    await eraseSubject(sql, subject);
  }
  await insertEvents(sql, waiting);
}
