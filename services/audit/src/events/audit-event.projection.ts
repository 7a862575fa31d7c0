import { insertedTable, type Projection } from '@brain/event-store';
import { auditEventRows } from './audit-event-rows.js';
import { publishedEventTypes } from './published-event-types.js';

/** All events of all services. Only audit reads the whole store: its subject is the store itself. */
export const auditEventProjection: Projection = {
  name: 'audit-event',
  types: publishedEventTypes,
  from: 'store',
  ...insertedTable(auditEventRows),
};
