import type { RuleDefinition } from './rule-defined.v1.js';

/** A rule as the API shows it. `suspendedReason` is set while a rule over its time budget is not evaluated. */
export interface RuleView extends RuleDefinition {
  readonly ruleId: string;
  readonly state: 'active' | 'suspended' | 'retired';
  readonly suspendedReason: string | null;
  readonly definedAt: string;
  readonly updatedAt: string;
  readonly revision: number;
}
