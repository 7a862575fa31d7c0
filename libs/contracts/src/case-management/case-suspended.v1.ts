import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';
import { caseText } from './case-text.js';

/** 挂账: the clock pauses. */
export const caseSuspendedV1 = defineEvent(
  'case-management',
  'CaseSuspended',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, reason: caseText(z.string().min(1).max(2000)), reviewAt: instant, at: instant }),
);
export type CaseSuspended = EventOf<typeof caseSuspendedV1>;
