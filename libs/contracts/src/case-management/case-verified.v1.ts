import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 已核查, passed, by another person than the one who did the work. */
export const caseVerifiedV1 = defineEvent(
  'case-management',
  'CaseVerified',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, comment: caseText(z.string().max(2000)), at: instant }),
);
export type CaseVerified = EventOf<typeof caseVerifiedV1>;
