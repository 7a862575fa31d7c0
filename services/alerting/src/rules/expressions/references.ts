import type { ASTNode } from '@marcbachmann/cel-js';
import { durationMs } from './iso-duration.js';
import { refuseExpression } from './expression-refusal.js';
import { WINDOW_FUNCTIONS } from './rule-environment.js';
import { COMPREHENSIONS, childrenOf, methodOf, stringLiteral } from './syntax-tree.js';

const VARIABLES: ReadonlySet<string> = new Set(['reading', 'device', 'area']);
const FUNCTIONS: ReadonlySet<string> = new Set(['has', 'size', 'double', 'int', 'string', ...WINDOW_FUNCTIONS]);
/** Without `matches`: the time a regular expression takes has no bound. */
const METHODS: ReadonlySet<string> = new Set(['contains', 'startsWith', 'endsWith', 'size', ...COMPREHENSIONS]);
const WINDOWS: ReadonlySet<string> = new Set(WINDOW_FUNCTIONS);
export const LONGEST_WINDOW_MS = 24 * 3_600_000;

/** What an expression speaks of. */
export interface References {
  /** Metrics of the reading itself. */
  readonly metrics: ReadonlySet<string>;
  /** Metric → longest window over it, in milliseconds. */
  readonly windows: ReadonlyMap<string, number>;
}

/** @throws DomainError RULE_REFERENCE_UNKNOWN naming the word, RULE_EXPRESSION_INVALID for a wrong use of a known one. */
export function referencesOf(root: ASTNode, path: string): References {
  const collector = new ReferenceCollector(path);
  collector.visit(root, VARIABLES);
  return collector;
}

class ReferenceCollector implements References {
  readonly metrics = new Set<string>();
  readonly windows = new Map<string, number>();

  constructor(private readonly path: string) {}

  visit(node: ASTNode, known: ReadonlySet<string>): void {
    const metric = metricOf(node);
    if (metric !== undefined) {
      this.metrics.add(metric);
      return;
    }
    if (node.op === 'id') {
      this.visitName(node, node.args, known);
      return;
    }
    if (node.op === 'call') this.visitCall(node, node.args[0], node.args[1]);
    const method = methodOf(node);
    if (method !== undefined && !METHODS.has(method.name)) throw this.unknown(`${method.name}()`, node);
    if (method !== undefined && COMPREHENSIONS.has(method.name)) {
      this.visit(method.receiver, known);
      const variable = method.args[0];
      const inside = variable?.op === 'id' ? new Set([...known, variable.args]) : known;
      for (const argument of method.args) this.visit(argument, inside);
      return;
    }
    for (const child of childrenOf(node)) this.visit(child, known);
  }

  private visitName(node: ASTNode, name: string, known: ReadonlySet<string>): void {
    if (!known.has(name)) throw this.unknown(name, node);
    if (name === 'reading') throw this.invalid('reading is used by metric: reading.temperature or reading["cable-temp"]', node);
  }

  private visitCall(node: ASTNode, name: string, args: readonly ASTNode[]): void {
    if (!FUNCTIONS.has(name)) throw this.unknown(`${name}()`, node);
    if (!WINDOWS.has(name)) return;
    const metric = stringLiteral(args[0]);
    const length = durationMs(stringLiteral(args[1]) ?? '');
    if (metric === undefined || length === undefined || args.length !== 2) {
      throw this.invalid(`${name} takes a metric and a duration as texts, e.g. ${name}("temperature", "PT10M")`, node);
    }
    if (length === 0 || length > LONGEST_WINDOW_MS) throw this.invalid('a window is longer than 0 and at most P1D', node);
    this.windows.set(metric, Math.max(length, this.windows.get(metric) ?? 0));
  }

  private unknown(what: string, node: ASTNode): Error {
    return refuseExpression('RULE_REFERENCE_UNKNOWN', this.path, `${what} does not exist here`, node);
  }

  private invalid(what: string, node: ASTNode): Error {
    return refuseExpression('RULE_EXPRESSION_INVALID', this.path, what, node);
  }
}

/** `reading.temperature` or `reading["cable-temp"]`. */
function metricOf(node: ASTNode): string | undefined {
  if (node.op === '.' && isReading(node.args[0])) return node.args[1];
  if (node.op === '[]' && isReading(node.args[0])) return stringLiteral(node.args[1]);
  return undefined;
}

function isReading(node: ASTNode): boolean {
  return node.op === 'id' && node.args === 'reading';
}
