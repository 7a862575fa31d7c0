import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { wornReading } from '../sensor-ingestion/worn-device.js';
import { instant, wearerId } from '../values.js';

/** The same condition was seen again; `occurrences` is the count so far, the raising one included. */
export const alertRecurredV1 = defineEvent(
  'alerting',
  'AlertRecurred',
  1,
  z.strictObject({ alertId: z.uuid(), occurrences: z.int().min(2), at: instant, wearerId, reading: wornReading() }),
);
export type AlertRecurred = EventOf<typeof alertRecurredV1>;
