import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { wearerId } from '../values.js';
import { wornText } from './worn-device.js';

export const deviceRetiredV1 = defineEvent('sensor-ingestion', 'DeviceRetired', 1, z.strictObject({ deviceId: z.uuid(), wearerId, reason: wornText(z.string()) }));
export type DeviceRetired = EventOf<typeof deviceRetiredV1>;
