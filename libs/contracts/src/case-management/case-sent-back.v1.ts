import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 回退: the assignee returns the case to the operator. */
export const caseSentBackV1 = defineEvent(
  'case-management',
  'CaseSentBack',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, performedBy: z.uuid(), reason: caseText(z.string().min(1).max(2000)), at: instant }),
);
export type CaseSentBack = EventOf<typeof caseSentBackV1>;
