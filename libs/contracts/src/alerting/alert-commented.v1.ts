import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { personal } from '../personal-data/personal-mark.js';
import { accountId, instant } from '../values.js';

export const alertCommentedV1 = defineEvent(
  'alerting',
  'AlertCommented',
  1,
  z.strictObject({ alertId: z.uuid(), by: accountId, text: personal(z.string().min(1).max(2000), 'alert', 'alertId'), at: instant }),
);
export type AlertCommented = EventOf<typeof alertCommentedV1>;
