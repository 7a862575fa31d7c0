import type { ReplayComposition } from '@brain/event-store';
import { areaRegisterProjection } from './areas/area-register.projection.js';
import { caseListProjection } from './cases/case-list.projection.js';
import { staffOnHandProjection } from './staff/staff-on-hand.projection.js';

/** What a replay rebuilds. Nothing here can send, publish or notify. */
export const readTables = {
  service: 'case-management',
  schema: 'case_management',
  projections: [caseListProjection, staffOnHandProjection, areaRegisterProjection],
} as const satisfies ReplayComposition;
