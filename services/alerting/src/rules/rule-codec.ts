import { createEventCodec } from '@brain/event-store';
import { RULE_CONTRACTS } from './domain/rule.events.js';

export const ruleCodec = createEventCodec(RULE_CONTRACTS);
