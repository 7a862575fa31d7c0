import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, erasureSubject, instant } from '../values.js';

/**
 * 注销: two people agreed, and from here on there is no way back. `keyId` is the data key to be destroyed, the `key` of
 * every value that can then be read no more.
 */
export const personErasedV1 = defineEvent(
  'grid-registry',
  'PersonErased',
  1,
  z.strictObject({ subject: erasureSubject, keyId: z.uuid(), requestedBy: accountId, confirmedBy: accountId, at: instant }),
);
export type PersonErased = EventOf<typeof personErasedV1>;
