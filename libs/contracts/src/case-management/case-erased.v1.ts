import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { instant } from '../values.js';

/** Follows from PersonErased: what was written about the case so far can be read no more. Its course stays. */
export const caseErasedV1 = defineEvent('case-management', 'CaseErased', 1, z.strictObject({ caseId: z.uuid(), at: instant }));
export type CaseErased = EventOf<typeof caseErasedV1>;
