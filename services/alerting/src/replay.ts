import type { ReplayComposition } from '@brain/event-store';
import { alertListProjection } from './alerts/alert-list.projection.js';
import { areaCopyProjection } from './copies/area-copy.projection.js';
import { deviceCopyProjection } from './copies/device-copy.projection.js';
import { staffCopyProjection } from './copies/staff-copy.projection.js';
import { ruleListProjection } from './rules/rule-list.projection.js';

/** What a replay rebuilds. Nothing here can send, publish or notify. */
export const readTables = {
  service: 'alerting',
  schema: 'alerting',
  projections: [ruleListProjection, alertListProjection, deviceCopyProjection, areaCopyProjection, staffCopyProjection],
} as const satisfies ReplayComposition;
