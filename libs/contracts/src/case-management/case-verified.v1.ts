import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** 已核查, passed, by another person than the one who did the work. */
export const caseVerifiedV1 = defineEvent(
  'case-management',
  'CaseVerified',
  1,
  z.strictObject({ caseId: z.uuid(), by: z.string(), comment: z.string().max(2000), at: instant }),
);
export type CaseVerified = EventOf<typeof caseVerifiedV1>;
