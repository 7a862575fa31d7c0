import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { reading } from '../telemetry/telemetry-message.v1.js';
import { instant } from '../values.js';

/** The same condition was seen again; `occurrences` is the count so far, the raising one included. */
export const alertRecurredV1 = defineEvent(
  'alerting',
  'AlertRecurred',
  1,
  z.strictObject({ alertId: z.uuid(), occurrences: z.int().min(2), at: instant, reading }),
);
export type AlertRecurred = EventOf<typeof alertRecurredV1>;
