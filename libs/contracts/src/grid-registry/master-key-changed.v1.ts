import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

const masterKeyId = z.string().regex(/^[\w-]{1,100}$/);

/** The keys of people are wrapped under another master key. The key itself is nowhere in the record. */
export const masterKeyChangedV1 = defineEvent(
  'grid-registry',
  'MasterKeyChanged',
  1,
  z.strictObject({
    masterKeyId,
    /** Null: the first. */
    before: masterKeyId.nullable(),
    /** As the key table says; the event follows within a minute, or when the service starts again. */
    since: instant,
  }),
);
export type MasterKeyChanged = EventOf<typeof masterKeyChangedV1>;
