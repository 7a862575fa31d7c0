import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 延期 granted: the new due time. */
export const caseExtendedV1 = defineEvent(
  'case-management',
  'CaseExtended',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, reason: caseText(z.string().min(1).max(2000)), dueAt: instant, at: instant }),
);
export type CaseExtended = EventOf<typeof caseExtendedV1>;
