import type { ReplayComposition } from '@brain/event-store';
import { alertNowProjection } from './read-tables/alert-now.projection.js';
import { caseNowProjection } from './read-tables/case-now.projection.js';
import { deviceNowProjection } from './read-tables/device-now.projection.js';
import { staffNameProjection } from './read-tables/staff-name.projection.js';
import { staffRegisterProjection } from './read-tables/staff-register.projection.js';

/** The read tables that a replay rebuilds from events. It has no port to send, publish or notify with. */
export const readTables = {
  service: 'operations-gateway',
  schema: 'operations_gateway',
  projections: [alertNowProjection, caseNowProjection, deviceNowProjection, staffNameProjection, staffRegisterProjection],
} as const satisfies ReplayComposition;
