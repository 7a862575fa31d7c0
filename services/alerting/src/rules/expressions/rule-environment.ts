import { Environment } from '@marcbachmann/cel-js';
import { durationMs } from './iso-duration.js';

/** Functions over a metric's recent readings of the device, in event time. `change` is another word for `delta`. */
export const WINDOW_FUNCTIONS = ['avg', 'min', 'max', 'count', 'rate', 'delta', 'change'] as const;
export type WindowFunction = (typeof WINDOW_FUNCTIONS)[number];

/** Answers a window function at the instant of the reading in hand; undefined when the readings do not tell. */
export type WindowReader = (name: WindowFunction, metric: string, lengthMs: number) => number | undefined;

/** A window that cannot be told leaves the whole condition undecided. */
export class WindowUndecided extends Error {}

const LIMITS = { maxAstNodes: 400, maxDepth: 24, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 4 };

/** The words a rule may use. One evaluation at a time: window functions answer from `windows`. */
export class RuleEnvironment {
  readonly cel: Environment;
  windows: WindowReader | undefined;

  constructor() {
    this.cel = new Environment({ limits: LIMITS, homogeneousAggregateLiterals: false })
      .registerVariable('reading', 'map<string, dyn>')
      .registerVariable({
        name: 'device',
        schema: { deviceId: 'string', name: 'string', kind: 'string', areaCode: 'string' },
      })
      .registerVariable({ name: 'area', schema: { code: 'string' } });
    this.registerWindowFunctions();
    this.registerMixedArithmetic();
  }

  private registerWindowFunctions(): void {
    for (const name of WINDOW_FUNCTIONS) {
      this.cel.registerFunction(`${name}(string, string): double`, (metric: string, length: string) => {
        const value = this.windows?.(name, metric, durationMs(length) ?? 0);
        if (value === undefined) throw new WindowUndecided(`${name} of ${metric} cannot be told`);
        return value;
      });
    }
  }

  /** Readings are doubles and CEL keeps whole-number literals apart; `reading.level + 1` must work all the same. */
  private registerMixedArithmetic(): void {
    const operations = {
      '+': (a: number, b: number) => a + b,
      '-': (a: number, b: number) => a - b,
      '*': (a: number, b: number) => a * b,
      '/': (a: number, b: number) => a / b,
    };
    for (const [operator, apply] of Object.entries(operations)) {
      this.cel
        .registerOperator(`double ${operator} int`, (a: number, b: bigint) => apply(a, Number(b)))
        .registerOperator(`int ${operator} double`, (a: bigint, b: number) => apply(Number(a), b));
    }
  }
}
