import type { ReplayComposition } from '@brain/event-store';
import { auditEventProjection } from './events/audit-event.projection.js';

/** The read tables that a replay rebuilds from events. It has no port to send, publish or notify with. */
export const readTables = { service: 'audit', schema: 'audit', projections: [auditEventProjection] } as const satisfies ReplayComposition;
