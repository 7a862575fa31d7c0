import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

export const alertAssignedV1 = defineEvent(
  'alerting',
  'AlertAssigned',
  1,
  z.strictObject({ alertId: z.uuid(), assigneeId: z.string(), assignedBy: z.string(), at: instant }),
);
export type AlertAssigned = EventOf<typeof alertAssignedV1>;
