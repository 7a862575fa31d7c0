import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';

/** 处置中. `by` entered it, `performedBy` is the worker it counts for. */
export const caseStartedV1 = defineEvent(
  'case-management',
  'CaseStarted',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, performedBy: z.uuid(), at: instant }),
);
export type CaseStarted = EventOf<typeof caseStartedV1>;
