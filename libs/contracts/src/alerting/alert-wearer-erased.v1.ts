import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** Follows from PersonErased: what the alert told of the wearer of its device can be read no more. Its course stays. */
export const alertWearerErasedV1 = defineEvent('alerting', 'AlertWearerErased', 1, z.strictObject({ alertId: z.uuid(), wearerId: z.uuid(), at: instant }));
export type AlertWearerErased = EventOf<typeof alertWearerErasedV1>;
