import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

export const deviceWentOfflineV1 = defineEvent('sensor-ingestion', 'DeviceWentOffline', 1, z.strictObject({ deviceId: z.uuid(), at: instant }));
export type DeviceWentOffline = EventOf<typeof deviceWentOfflineV1>;
