import { z } from 'zod';
import { clientAddress, counted, refusalCode } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';
import { signInMethod } from './signed-in.v1.js';

/** A connection of a screen is let in with the sign-in it shows. */
const failedMethod = z.enum([...signInMethod.options, 'live-connection']);

/**
 * Somebody tried to sign in and could not. The name that was typed is kept only as the account it belongs to; where it
 * belongs to none it may be a password in the wrong field, so it is a keyed hash: the same name again is seen to be so.
 */
export const signInFailedV1 = defineEvent(
  'operations-gateway',
  'SignInFailed',
  1,
  z.strictObject({
    method: failedMethod,
    accountId: z.uuid().nullable(),
    unknownName: z.string().regex(/^[\w-]{22}$/).nullable(),
    /** Why; more than the caller was told. */
    code: refusalCode,
    address: clientAddress,
    ...counted,
  }),
);
export type SignInFailed = EventOf<typeof signInFailedV1>;
