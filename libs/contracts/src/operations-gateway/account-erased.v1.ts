import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';

/** The person whom the account spoke for is erased: it has no name any more, and nobody signs in with it. */
export const accountErasedV1 = defineEvent('operations-gateway', 'AccountErased', 1, z.strictObject({ accountId: z.uuid(), staffId: z.uuid() }));
export type AccountErased = EventOf<typeof accountErasedV1>;
