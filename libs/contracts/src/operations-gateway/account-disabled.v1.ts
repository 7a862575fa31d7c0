import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';

/** Nobody signs in with it any more; its sessions ended. */
export const accountDisabledV1 = defineEvent('operations-gateway', 'AccountDisabled', 1, z.strictObject({ accountId: z.uuid(), address: clientAddress }));
export type AccountDisabled = EventOf<typeof accountDisabledV1>;
