import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';

export const deviceTokenRotatedV1 = defineEvent('sensor-ingestion', 'DeviceTokenRotated', 1, z.strictObject({ deviceId: z.uuid() }));
export type DeviceTokenRotated = EventOf<typeof deviceTokenRotatedV1>;
