import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';

/** Merged into another case of the same matter. */
export const caseMergedV1 = defineEvent(
  'case-management',
  'CaseMerged',
  1,
  z.strictObject({ caseId: z.uuid(), intoCaseId: z.uuid(), by: accountId, at: instant }),
);
export type CaseMerged = EventOf<typeof caseMergedV1>;
