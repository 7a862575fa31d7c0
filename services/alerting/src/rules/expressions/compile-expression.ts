import { ParseError, type ParseResult } from '@marcbachmann/cel-js';
import { MAX_COST, worstCaseCost } from './expression-cost.js';
import { refuseExpression } from './expression-refusal.js';
import { referencesOf, type References } from './references.js';
import type { RuleEnvironment, WindowReader } from './rule-environment.js';
import type { MetricValue } from '@brain/contracts';

/** What an expression is evaluated over. */
export interface EvaluationInput {
  readonly reading: Readonly<Record<string, MetricValue>>;
  readonly device: { readonly deviceId: string; readonly name: string; readonly kind: string; readonly areaCode: string };
  readonly area: { readonly code: string };
}

export interface CompiledExpression {
  readonly references: References;
  /** `undefined`: it cannot be told from this reading, e.g. its metric is missing or of another type. */
  evaluate(input: EvaluationInput, windows: WindowReader): boolean | undefined;
}

/**
 * Source → something that can be evaluated.
 * @throws DomainError RULE_EXPRESSION_INVALID, RULE_REFERENCE_UNKNOWN, RULE_NOT_BOOLEAN or RULE_OVER_BUDGET at `path`
 */
export function compileExpression(environment: RuleEnvironment, source: string, path: string): CompiledExpression {
  const program = parsed(environment, source, path);
  const references = referencesOf(program.ast, path);
  requireBoolean(program, path);
  const cost = worstCaseCost(program.ast);
  if (cost > MAX_COST) {
    throw refuseExpression('RULE_OVER_BUDGET', path, `may take ${String(cost)} steps, ${String(MAX_COST)} are allowed`);
  }
  return { references, evaluate: (input, windows) => evaluated(environment, program, references, input, windows) };
}

function parsed(environment: RuleEnvironment, source: string, path: string): ParseResult {
  try {
    return environment.cel.parse(source);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const code = error.code === 'limit_exceeded' ? 'RULE_OVER_BUDGET' : 'RULE_EXPRESSION_INVALID';
    throw refuseExpression(code, path, error.summary, error.range);
  }
}

function requireBoolean(program: ParseResult, path: string): void {
  const { valid, type, error } = program.check();
  if (!valid) {
    const unknown = error?.code === 'no_such_key' || error?.code === 'unknown_variable';
    const code = unknown ? 'RULE_REFERENCE_UNKNOWN' : 'RULE_EXPRESSION_INVALID';
    throw refuseExpression(code, path, error?.summary ?? 'does not fit together', error?.range);
  }
  if (type !== 'bool') {
    const what = `answers ${type ?? 'nothing'}, not true or false; compare it, e.g. reading.open == true`;
    throw refuseExpression('RULE_NOT_BOOLEAN', path, what);
  }
}

function evaluated(
  environment: RuleEnvironment,
  program: ParseResult,
  references: References,
  input: EvaluationInput,
  windows: WindowReader,
): boolean | undefined {
  if (!speaksOf(references, input.reading)) return undefined;
  environment.windows = windows;
  try {
    const result: unknown = program(input);
    return typeof result === 'boolean' ? result : undefined;
  } catch {
    // A missing metric, a text where a number was expected, a window without samples: nothing can be said.
    return undefined;
  } finally {
    environment.windows = undefined;
  }
}

/** Most readings carry none of a rule's metrics; finding that out by an error would cost fifty times as much. */
function speaksOf({ metrics, windows }: References, reading: EvaluationInput['reading']): boolean {
  if (metrics.size === 0 && windows.size === 0) return true;
  for (const metric of metrics) if (metric in reading) return true;
  for (const metric of windows.keys()) if (metric in reading) return true;
  return false;
}
