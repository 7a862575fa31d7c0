import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { ruleDefinition } from './rule-defined.v1.js';

/** The whole rule as it now is. */
export const ruleChangedV1 = defineEvent('alerting', 'RuleChanged', 1, ruleDefinition.extend({ ruleId: z.uuid() }));
export type RuleChanged = EventOf<typeof ruleChangedV1>;
