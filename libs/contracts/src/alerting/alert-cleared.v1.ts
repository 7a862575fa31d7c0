import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { personal, personalIfKnown } from '../personal-data/personal-mark.js';
import { ERASED_READING } from '../sensor-ingestion/worn-device.js';
import { reading } from '../telemetry/telemetry-message.v1.js';
import { instant, wearerId } from '../values.js';

/** Cleared by a reading (`reading` set) or by a person (`reason` set). */
export const alertClearedV1 = defineEvent(
  'alerting',
  'AlertCleared',
  1,
  z.strictObject({
    alertId: z.uuid(),
    clearedAt: instant,
    occurrences: z.int().min(1),
    wearerId,
    reading: personalIfKnown(reading.nullable(), 'person', 'wearerId', ERASED_READING),
    reason: personal(z.string().nullable(), 'alert', 'alertId'),
  }),
);
export type AlertCleared = EventOf<typeof alertClearedV1>;
