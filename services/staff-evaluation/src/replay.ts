import type { ReplayComposition } from '@brain/event-store';
import { evaluationListProjection } from './evaluations/evaluation-list.projection.js';
import { caseEventsProjection } from './evidence/case-events.projection.js';
import { staffNamesProjection } from './evidence/staff-names.projection.js';

/** What a replay rebuilds. Nothing here can send, publish or notify. */
export const readTables = {
  service: 'staff-evaluation',
  schema: 'staff_evaluation',
  projections: [evaluationListProjection, caseEventsProjection, staffNamesProjection],
} as const satisfies ReplayComposition;
