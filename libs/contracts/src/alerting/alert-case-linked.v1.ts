import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';

export const alertCaseLinkedV1 = defineEvent(
  'alerting',
  'AlertCaseLinked',
  1,
  z.strictObject({ alertId: z.uuid(), caseId: z.uuid() }),
);
export type AlertCaseLinked = EventOf<typeof alertCaseLinkedV1>;
