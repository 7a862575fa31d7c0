import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** 作废 */
export const caseVoidedV1 = defineEvent(
  'case-management',
  'CaseVoided',
  1,
  z.strictObject({ caseId: z.uuid(), by: z.string(), reason: z.string().min(1).max(2000), at: instant }),
);
export type CaseVoided = EventOf<typeof caseVoidedV1>;
