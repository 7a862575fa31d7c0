import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** 挂账: the clock pauses. */
export const caseSuspendedV1 = defineEvent(
  'case-management',
  'CaseSuspended',
  1,
  z.strictObject({ caseId: z.uuid(), by: z.string(), reason: z.string().min(1).max(2000), reviewAt: instant, at: instant }),
);
export type CaseSuspended = EventOf<typeof caseSuspendedV1>;
