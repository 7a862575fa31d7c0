import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** Follows from PersonErased, for whoever was erased: no reading of theirs is kept any more. `devices`: how many they wore. */
export const wearerForgottenV1 = defineEvent('sensor-ingestion', 'WearerForgotten', 1, z.strictObject({ wearerId: z.uuid(), devices: z.int().min(0), at: instant }));
export type WearerForgotten = EventOf<typeof wearerForgottenV1>;
