import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 返工: verification failed, the same assignee does it again. */
export const caseReworkOrderedV1 = defineEvent(
  'case-management',
  'CaseReworkOrdered',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, reason: caseText(z.string().min(1).max(2000)), at: instant }),
);
export type CaseReworkOrdered = EventOf<typeof caseReworkOrderedV1>;
