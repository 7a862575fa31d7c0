import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';

export const ruleRetiredV1 = defineEvent('alerting', 'RuleRetired', 1, z.strictObject({ ruleId: z.uuid() }));
export type RuleRetired = EventOf<typeof ruleRetiredV1>;
