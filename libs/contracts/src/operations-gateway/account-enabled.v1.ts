import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';

/** It may be used again. */
export const accountEnabledV1 = defineEvent('operations-gateway', 'AccountEnabled', 1, z.strictObject({ accountId: z.uuid(), address: clientAddress }));
export type AccountEnabled = EventOf<typeof accountEnabledV1>;
