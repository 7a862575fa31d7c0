import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** Follows from PersonErased, in the stream that has the person's data, so that every read table learns of it in its order. */
export const staffErasedV1 = defineEvent('grid-registry', 'StaffErased', 1, z.strictObject({ staffId: z.uuid(), at: instant }));
export type StaffErased = EventOf<typeof staffErasedV1>;
