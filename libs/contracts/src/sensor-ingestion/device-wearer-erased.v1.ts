import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** Follows from PersonErased: what the device was called and where it was can be read no more, and it is out of use. */
export const deviceWearerErasedV1 = defineEvent('sensor-ingestion', 'DeviceWearerErased', 1, z.strictObject({ deviceId: z.uuid(), wearerId: z.uuid(), at: instant }));
export type DeviceWearerErased = EventOf<typeof deviceWearerErasedV1>;
