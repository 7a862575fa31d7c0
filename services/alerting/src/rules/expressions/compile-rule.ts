import type { RuleDefinition } from '@brain/contracts';
import { compileExpression, type CompiledExpression, type EvaluationInput } from './compile-expression.js';
import { durationMs } from './iso-duration.js';
import type { RuleEnvironment, WindowReader } from './rule-environment.js';
import { withinBudget } from './within-budget.js';

export interface CompiledRule {
  readonly forMs: number;
  readonly when: CompiledExpression;
  readonly clearWhen: CompiledExpression | null;
}

export function compileRule(environment: RuleEnvironment, definition: RuleDefinition): CompiledRule {
  return {
    forMs: durationMs(definition.for) ?? 0,
    when: compileExpression(environment, definition.when, 'when'),
    clearWhen: definition.clearWhen === null ? null : compileExpression(environment, definition.clearWhen, 'clearWhen'),
  };
}

/** Values a trial puts in for every metric: each makes other branches run. */
const TRIAL_VALUES = [0, 1, -1e9, 1e9, true, false, 'x'.repeat(200)] as const;
const device = { deviceId: '', name: 'x'.repeat(200), kind: 'x'.repeat(60), areaCode: '440305001001001' };

/** Compiles and evaluates the rule under a hard time limit, before it is let near the readings. */
export function tryRule(environment: RuleEnvironment, definition: RuleDefinition, budgetMs: number): CompiledRule {
  return withinBudget(budgetMs, () => {
    const rule = compileRule(environment, definition);
    for (const expression of [rule.when, rule.clearWhen]) {
      if (expression !== null) tryExpression(expression);
    }
    return rule;
  });
}

function tryExpression(expression: CompiledExpression): void {
  const { metrics, windows } = expression.references;
  for (const value of TRIAL_VALUES) {
    const reading = Object.fromEntries([...metrics, ...windows.keys()].map((metric) => [metric, value]));
    const input: EvaluationInput = { reading, device, area: { code: device.areaCode } };
    const reader: WindowReader = () => (typeof value === 'number' ? value : 1);
    expression.evaluate(input, reader);
  }
}
