import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountRights } from './account-created.v1.js';

/** What the account may do from now on, and what it could do before. */
export const accountRightsChangedV1 = defineEvent(
  'operations-gateway',
  'AccountRightsChanged',
  1,
  accountRights.extend({ accountId: z.uuid(), before: accountRights, address: clientAddress }),
);
export type AccountRightsChanged = EventOf<typeof accountRightsChangedV1>;
