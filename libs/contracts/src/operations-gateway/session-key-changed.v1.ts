import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';

/** As JWS names a key. */
const keyId = z.string().regex(/^[\w-]{1,100}$/);

/** From now on sign-ins are signed with another key. The key itself is nowhere in the record. */
export const sessionKeyChangedV1 = defineEvent(
  'operations-gateway',
  'SessionKeyChanged',
  1,
  z.strictObject({
    keyId,
    /** Null: the first. */
    before: keyId.nullable(),
  }),
);
export type SessionKeyChanged = EventOf<typeof sessionKeyChangedV1>;
