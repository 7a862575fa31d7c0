import type { RuleDefinition } from '@brain/contracts';

/** The definition has been checked against devices, areas and the expression budget before it gets here. */
export interface DefineRule {
  readonly type: 'DefineRule';
  readonly ruleId: string;
  readonly definition: RuleDefinition;
}
export interface ChangeRule {
  readonly type: 'ChangeRule';
  readonly definition: RuleDefinition;
}
export interface SuspendRule {
  readonly type: 'SuspendRule';
  readonly reason: string;
}
export interface RetireRule {
  readonly type: 'RetireRule';
}
export type RuleCommand = DefineRule | ChangeRule | SuspendRule | RetireRule;
