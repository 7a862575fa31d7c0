import { z } from 'zod';
import { clientAddress } from '../duty/duty-fields.js';
import { defineEvent, type EventOf } from '../event-contract.js';
import { areaCode, role } from '../values.js';

/** What an account may do, where, and for whom of the staff it speaks. `*` is everywhere. */
export const accountRights = z.strictObject({
  roles: z.array(role),
  areaCodes: z.array(z.union([areaCode, z.literal('*')])),
  staffId: z.uuid().nullable(),
});
export type GrantedRights = z.infer<typeof accountRights>;

/** Somebody may sign in from now on. Names stay in the accounts table: the record has the id alone. */
export const accountCreatedV1 = defineEvent(
  'operations-gateway',
  'AccountCreated',
  1,
  accountRights.extend({ accountId: z.uuid(), address: clientAddress }),
);
export type AccountCreated = EventOf<typeof accountCreatedV1>;
