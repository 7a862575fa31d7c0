import { DomainError, type Decider } from '@brain/event-store/pure';
import type { RuleDefinition } from '@brain/contracts';
import type { RuleCommand } from './rule.commands.js';
import type { RuleEvent } from './rule.events.js';

export type RuleState =
  | { readonly status: 'absent' }
  | { readonly status: 'active' | 'suspended'; readonly ruleId: string; readonly definition: RuleDefinition }
  | { readonly status: 'retired' };

type DefinedRule = Extract<RuleState, { ruleId: string }>;

export const ruleDecider: Decider<RuleState, RuleCommand, RuleEvent> = {
  initial: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'DefineRule':
        if (state.status !== 'absent') return []; // the request was sent twice
        return [{ type: 'RuleDefined', data: { ...command.definition, ruleId: command.ruleId } }];
      case 'ChangeRule':
        return change(command.definition, requireDefined(state));
      case 'SuspendRule':
        if (state.status !== 'active') return [];
        return [{ type: 'RuleSuspended', data: { ruleId: state.ruleId, reason: command.reason } }];
      case 'RetireRule':
        if (state.status === 'retired') return [];
        return [{ type: 'RuleRetired', data: { ruleId: requireDefined(state).ruleId } }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'RuleDefined':
      case 'RuleChanged': {
        const { ruleId, ...definition } = event.data;
        return { status: 'active', ruleId, definition };
      }
      case 'RuleSuspended':
        return state.status === 'active' ? { ...state, status: 'suspended' } : state;
      case 'RuleRetired':
        return { status: 'retired' };
    }
  },
};

/** A suspended rule comes back by any change, also by the same definition again. */
function change(definition: RuleDefinition, state: DefinedRule): RuleEvent[] {
  if (state.status === 'active' && sameJson(definition, state.definition)) return [];
  return [{ type: 'RuleChanged', data: { ...definition, ruleId: state.ruleId } }];
}

function requireDefined(state: RuleState): DefinedRule {
  if (state.status === 'absent') throw new DomainError('RULE_UNKNOWN', 'There is no such rule');
  if (state.status === 'retired') throw new DomainError('RULE_RETIRED', 'The rule is retired');
  return state;
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** The store may give fields back in another order than they came. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
