import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { accountId, instant } from '../values.js';

/** 结案. `onTime` compares with the due time that held at closing. */
export const caseClosedV1 = defineEvent(
  'case-management',
  'CaseClosed',
  1,
  z.strictObject({ caseId: z.uuid(), by: accountId, onTime: z.boolean(), closedAt: instant }),
);
export type CaseClosed = EventOf<typeof caseClosedV1>;
