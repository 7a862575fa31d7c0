import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

export const deviceCameOnlineV1 = defineEvent('sensor-ingestion', 'DeviceCameOnline', 1, z.strictObject({ deviceId: z.uuid(), at: instant }));
export type DeviceCameOnline = EventOf<typeof deviceCameOnlineV1>;
