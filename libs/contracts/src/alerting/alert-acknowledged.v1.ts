import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';

export const alertAcknowledgedV1 = defineEvent(
  'alerting',
  'AlertAcknowledged',
  1,
  z.strictObject({ alertId: z.uuid(), acknowledgedBy: accountId, acknowledgedAt: instant }),
);
export type AlertAcknowledged = EventOf<typeof alertAcknowledgedV1>;
