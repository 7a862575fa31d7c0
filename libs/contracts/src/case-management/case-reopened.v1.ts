import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';
import { dueIsProvisional } from './due-is-provisional.js';

/** Reopened within the window; a new whole-case clock starts. */
export const caseReopenedV1 = defineEvent(
  'case-management',
  'CaseReopened',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, reason: caseText(z.string().min(1).max(2000)), dueAt: instant, dueIsProvisional, at: instant }),
);
export type CaseReopened = EventOf<typeof caseReopenedV1>;
