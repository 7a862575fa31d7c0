import { isWithinArea, type RuleDefinition } from '@brain/contracts';
import type { CompiledRule } from './expressions/compile-rule.js';
import type { RuleEvent } from './domain/rule.events.js';
import { RunBudget } from './run-budget.js';

/** A rule in force, ready to be evaluated. */
export interface ActiveRule {
  readonly ruleId: string;
  readonly revision: number;
  readonly definition: RuleDefinition;
  readonly compiled: CompiledRule;
  readonly budget: RunBudget;
}

export interface ScopedDevice {
  readonly deviceId: string;
  readonly kind: string;
  readonly areaCode: string;
}

export interface RuleIndexOptions {
  readonly compile: (definition: RuleDefinition) => CompiledRule;
  readonly runBudgetMs: number;
  readonly runBudgetStrikes: number;
}

/** The rules in force and which of them a device falls under. */
export class RuleIndex {
  private readonly rules = new Map<string, ActiveRule>();
  private readonly byDevice = new Map<string, { readonly device: ScopedDevice; readonly rules: readonly ActiveRule[] }>();

  constructor(private readonly options: RuleIndexOptions) {}

  apply(event: RuleEvent, revision: number): void {
    const { ruleId } = event.data;
    switch (event.type) {
      case 'RuleDefined':
      case 'RuleChanged':
        this.put(event.data, revision);
        return;
      case 'RuleSuspended':
      case 'RuleRetired':
        this.remove(ruleId);
        return;
    }
  }

  remove(ruleId: string): void {
    this.rules.delete(ruleId);
    this.byDevice.clear();
  }

  rulesFor(device: ScopedDevice): readonly ActiveRule[] {
    const known = this.byDevice.get(device.deviceId);
    if (known?.device.kind === device.kind && known.device.areaCode === device.areaCode) return known.rules;
    const rules = [...this.rules.values()].filter((rule) => isInScope(device, rule.definition.scope));
    const { deviceId, kind, areaCode } = device;
    this.byDevice.set(deviceId, { device: { deviceId, kind, areaCode }, rules });
    return rules;
  }

  private put(data: RuleDefinition & { readonly ruleId: string }, revision: number): void {
    const { ruleId, ...definition } = data;
    const { compile, runBudgetMs, runBudgetStrikes } = this.options;
    this.remove(ruleId);
    const budget = new RunBudget(runBudgetMs, runBudgetStrikes);
    this.rules.set(ruleId, { ruleId, revision, definition, compiled: compile(definition), budget });
  }
}

function isInScope(device: ScopedDevice, scope: RuleDefinition['scope']): boolean {
  if ('deviceIds' in scope) return scope.deviceIds.includes(device.deviceId);
  return scope.kind === device.kind && (scope.areaCode === undefined || isWithinArea(device.areaCode, scope.areaCode));
}
