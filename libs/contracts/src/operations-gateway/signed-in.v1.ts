import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';

export const signInMethod = z.enum(['password', 'identity-provider']);
export type SignInMethod = z.infer<typeof signInMethod>;

/** Somebody began to work here. The actor of the event is the account. */
export const signedInV1 = defineEvent(
  'operations-gateway',
  'SignedIn',
  1,
  z.strictObject({ accountId: z.uuid(), sessionId: z.uuid(), method: signInMethod, address: clientAddress }),
);
export type SignedIn = EventOf<typeof signedInV1>;
