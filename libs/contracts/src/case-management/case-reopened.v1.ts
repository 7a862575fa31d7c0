import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** Reopened within the window; a new whole-case clock starts. */
export const caseReopenedV1 = defineEvent(
  'case-management',
  'CaseReopened',
  1,
  z.strictObject({ caseId: z.uuid(), by: z.string(), reason: z.string().min(1).max(2000), dueAt: instant, at: instant }),
);
export type CaseReopened = EventOf<typeof caseReopenedV1>;
