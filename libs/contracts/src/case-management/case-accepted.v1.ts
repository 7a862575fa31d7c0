import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';

/** 立案 */
export const caseAcceptedV1 = defineEvent(
  'case-management',
  'CaseAccepted',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, at: instant }),
);
export type CaseAccepted = EventOf<typeof caseAcceptedV1>;
