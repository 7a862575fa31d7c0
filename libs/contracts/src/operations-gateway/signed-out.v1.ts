import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent } from '../event-contract.js';
import { signInMethod } from './signed-in.v1.js';

/** Before sessions had a list: a session ended before its time: the person left, or the identity provider no longer vouches for them. */
export const signedOutV1 = defineEvent(
  'operations-gateway',
  'SignedOut',
  1,
  z.strictObject({
    accountId: z.uuid(),
    method: signInMethod,
    by: z.enum(['person', 'identity-provider']),
    address: clientAddress,
  }),
);
