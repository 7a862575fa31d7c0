import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 作废 */
export const caseVoidedV1 = defineEvent(
  'case-management',
  'CaseVoided',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, reason: caseText(z.string().min(1).max(2000)), at: instant }),
);
export type CaseVoided = EventOf<typeof caseVoidedV1>;
