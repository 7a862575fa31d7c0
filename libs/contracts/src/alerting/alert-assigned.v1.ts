import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';

export const alertAssignedV1 = defineEvent(
  'alerting',
  'AlertAssigned',
  1,
  z.strictObject({ alertId: z.uuid(), assigneeId: accountId, assignedBy: accountId, at: instant }),
);
export type AlertAssigned = EventOf<typeof alertAssignedV1>;
