import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';

/** A new password: one for a single sign-in, given by a security administrator, or the person's own. Sessions ended. */
export const accountPasswordSetV1 = defineEvent(
  'operations-gateway',
  'AccountPasswordSet',
  1,
  z.strictObject({ accountId: z.uuid(), isOneTime: z.boolean(), address: clientAddress }),
);
export type AccountPasswordSet = EventOf<typeof accountPasswordSetV1>;
