import { areaRegisterProjection } from './areas/area-register.projection.js';
import { deviceListProjection } from './devices/device-list.projection.js';

/** What a replay rebuilds. Nothing here can send, publish or notify. */
export const readTables = {
  service: 'sensor-ingestion',
  schema: 'sensor_ingestion',
  projections: [deviceListProjection, areaRegisterProjection],
} as const;
