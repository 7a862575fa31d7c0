import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 满意度 of the call-back, 1 to 5. */
export const caseRatedV1 = defineEvent(
  'case-management',
  'CaseRated',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, satisfaction: z.int().min(1).max(5), comment: caseText(z.string().max(2000)), at: instant }),
);
export type CaseRated = EventOf<typeof caseRatedV1>;
