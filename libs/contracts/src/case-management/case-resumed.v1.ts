import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { dueIsProvisional } from './due-is-provisional.js';

/** The clock runs again; `dueAt` has moved by what the pause took of its unit. */
export const caseResumedV1 = defineEvent(
  'case-management',
  'CaseResumed',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, dueAt: instant, dueIsProvisional, at: instant }),
);
export type CaseResumed = EventOf<typeof caseResumedV1>;
