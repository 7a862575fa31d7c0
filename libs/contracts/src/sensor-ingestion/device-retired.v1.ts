import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { deviceText } from './device-registered.v1.js';

export const deviceRetiredV1 = defineEvent('sensor-ingestion', 'DeviceRetired', 1, z.strictObject({ deviceId: z.uuid(), reason: deviceText(z.string()) }));
export type DeviceRetired = EventOf<typeof deviceRetiredV1>;
