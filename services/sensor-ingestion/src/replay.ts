import type { ReplayComposition } from '@brain/event-store';
import { areaRegisterProjection } from './areas/area-register.projection.js';
import { deviceListProjection } from './devices/device-list.projection.js';

/** What a replay rebuilds. Nothing here can send, publish or notify. */
export const readTables = {
  service: 'sensor-ingestion',
  schema: 'sensor_ingestion',
  /** Devices stand for places: nothing here is about people, and no key is given to what listens to the outside. */
  personalData: 'none',
  projections: [deviceListProjection, areaRegisterProjection],
} as const satisfies ReplayComposition;
