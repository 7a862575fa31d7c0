import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

export const alertCommentedV1 = defineEvent(
  'alerting',
  'AlertCommented',
  1,
  z.strictObject({ alertId: z.uuid(), by: z.string(), text: z.string().min(1).max(2000), at: instant }),
);
export type AlertCommented = EventOf<typeof alertCommentedV1>;
