import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, code, instant } from '../values.js';

/** Why this person: every candidate with what decided, best first. `manual` when a person chose. */
export const dispatchReason = z.strictObject({
  rule: z.enum(['lowest-load', 'manual']),
  candidates: z.array(z.strictObject({ staffId: z.uuid(), load: z.number(), areaCode: code })),
});
export type DispatchReason = z.infer<typeof dispatchReason>;

/** 派遣 */
export const caseDispatchedV1 = defineEvent(
  'case-management',
  'CaseDispatched',
  1,
  z.strictObject({ caseId: z.uuid(), assignee: z.uuid(), dispatchedBy: accountId, dispatchedAt: instant, reason: dispatchReason }),
);
export type CaseDispatched = EventOf<typeof caseDispatchedV1>;
