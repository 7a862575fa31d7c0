import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** 超期: the due time passed while the case was open. Recorded once per due time. */
export const caseBecameOverdueV1 = defineEvent(
  'case-management',
  'CaseBecameOverdue',
  1,
  z.strictObject({ caseId: z.uuid(), dueAt: instant, at: instant }),
);
export type CaseBecameOverdue = EventOf<typeof caseBecameOverdueV1>;
