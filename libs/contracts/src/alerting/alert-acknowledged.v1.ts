import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

export const alertAcknowledgedV1 = defineEvent(
  'alerting',
  'AlertAcknowledged',
  1,
  z.strictObject({ alertId: z.uuid(), acknowledgedBy: z.string(), acknowledgedAt: instant }),
);
export type AlertAcknowledged = EventOf<typeof alertAcknowledgedV1>;
