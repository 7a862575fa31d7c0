import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';
import { signInMethod } from './signed-in.v1.js';

/** A session ended before its time: the person left it or ended it from another one, or the identity provider no longer vouches for them. */
export const signedOutV2 = defineEvent(
  'operations-gateway',
  'SignedOut',
  2,
  z.strictObject({
    accountId: z.uuid(),
    sessionId: z.uuid(),
    method: signInMethod,
    /** `elsewhere`: by the person too, from another session of theirs; `newer-sign-in`: the account had too many. */
    by: z.enum(['person', 'elsewhere', 'newer-sign-in', 'identity-provider']),
    address: clientAddress,
  }),
);
export type SignedOut = EventOf<typeof signedOutV2>;
