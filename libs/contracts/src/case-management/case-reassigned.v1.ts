import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { dispatchReason } from './case-dispatched.v1.js';
import { caseText } from './case-text.js';

/** 改派: another person has the case, who has yet to start. `candidates` as at a dispatch. */
export const caseReassignedV1 = defineEvent(
  'case-management',
  'CaseReassigned',
  1,
  z.strictObject({
    caseId: z.uuid(),
    by: accountId,
    previousAssignee: z.uuid(),
    assignee: z.uuid(),
    reason: caseText(z.string().min(1).max(2000)),
    candidates: dispatchReason.shape.candidates,
    at: instant,
  }),
);
export type CaseReassigned = EventOf<typeof caseReassignedV1>;
