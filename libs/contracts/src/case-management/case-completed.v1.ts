import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { notPersonal } from '../personal-data/personal-mark.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 已处置. `evidence` holds content hashes or links. */
export const caseCompletedV1 = defineEvent(
  'case-management',
  'CaseCompleted',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, performedBy: z.uuid(), result: caseText(z.string().min(1).max(4000)), evidence: notPersonal(z.array(z.string()), 'content hashes and links'), at: instant }),
);
export type CaseCompleted = EventOf<typeof caseCompletedV1>;
