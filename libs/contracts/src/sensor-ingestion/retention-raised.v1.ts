import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';

/** Cybersecurity Law art. 21: network logs are kept for not less than six months, however long those are. */
export const SHORTEST_RETENTION_DAYS = 184;

export const retentionDays = z.union([z.int().min(SHORTEST_RETENTION_DAYS), z.literal('forever')]);
export type RetentionDays = z.infer<typeof retentionDays>;

/** From now on these are kept for so long; never shorter again. */
export const retentionRaisedV1 = defineEvent(
  'sensor-ingestion',
  'RetentionRaised',
  1,
  z.strictObject({
    of: z.enum(['refused-messages']),
    days: retentionDays,
    /** Null: nothing was decided, and nothing deleted. */
    before: retentionDays.nullable(),
  }),
);
export type RetentionRaised = EventOf<typeof retentionRaisedV1>;
