import type { ReplayComposition } from '@brain/event-store';
import { areaRegisterProjection } from './areas/area-register.projection.js';
import { deviceListProjection } from './devices/device-list.projection.js';
import { erasedPersonProjection } from './wearers/erased-person.projection.js';
import { forgottenWearerProjection } from './wearers/forgotten-wearer.projection.js';

/** What a replay rebuilds. Nothing here can send, publish or notify. */
export const readTables = {
  service: 'sensor-ingestion',
  schema: 'sensor_ingestion',
  projections: [deviceListProjection, areaRegisterProjection, erasedPersonProjection, forgottenWearerProjection],
} as const satisfies ReplayComposition;
