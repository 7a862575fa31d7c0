import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { notPersonal } from '../personal-data/personal-mark.js';

/** The rule kept exceeding its time budget and is no longer evaluated until it is changed. */
export const ruleSuspendedV1 = defineEvent(
  'alerting',
  'RuleSuspended',
  1,
  z.strictObject({ ruleId: z.uuid(), reason: notPersonal(z.string(), 'written by the rule engine') }),
);
export type RuleSuspended = EventOf<typeof ruleSuspendedV1>;
