import {
  ruleChangedV1,
  ruleDefinedV1,
  ruleRetiredV1,
  ruleSuspendedV1,
  type RuleChanged,
  type RuleDefined,
  type RuleRetired,
  type RuleSuspended,
} from '@brain/contracts';

export type RuleEvent = RuleDefined | RuleChanged | RuleSuspended | RuleRetired;

export const RULE_CONTRACTS = [ruleDefinedV1, ruleChangedV1, ruleSuspendedV1, ruleRetiredV1] as const;
