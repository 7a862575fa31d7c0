import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** 已处置. `evidence` holds content hashes or links. */
export const caseCompletedV1 = defineEvent(
  'case-management',
  'CaseCompleted',
  1,
  z.strictObject({ caseId: z.uuid(), by: z.string(), performedBy: z.uuid(), result: z.string().min(1).max(4000), evidence: z.array(z.string()), at: instant }),
);
export type CaseCompleted = EventOf<typeof caseCompletedV1>;
