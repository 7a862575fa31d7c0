/** One measured figure with the baseline of the same run. `ratio` = value ÷ baseline. */
export interface Figure {
  readonly bench: string;
  /** What it was measured on, where there is a choice. */
  readonly engine?: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What it must be, e.g. `< 100`, `>= 2000` or `= 0`; absent: for information. */
  readonly target?: string;
  readonly baseline?: { readonly what: string; readonly value: number };
}

/** One JSON line. */
export function print(figure: Figure): void {
  const { baseline, target, value } = figure;
  const line = {
    ...figure,
    value: round(value),
    ...(baseline === undefined ? {} : { baseline: { ...baseline, value: round(baseline.value) }, ratio: round(value / baseline.value) }),
    ...(target === undefined ? {} : { met: isMet(value, target) }),
  };
  console.log(JSON.stringify(line));
}

function isMet(value: number, target: string): boolean {
  const [relation = '', limit = ''] = target.split(' ');
  switch (relation) {
    case '<':
      return value < Number(limit);
    case '<=':
      return value <= Number(limit);
    case '=':
      return value === Number(limit);
    case '>=':
      return value >= Number(limit);
    default:
      throw new Error(`No such relation: ${target}`);
  }
}

/** The value below which the share `p` of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
