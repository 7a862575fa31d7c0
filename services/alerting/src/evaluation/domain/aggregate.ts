import type { Sample } from './sample-window.js';

export const AGGREGATES = ['avg', 'min', 'max', 'count', 'rate', 'delta'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** `undefined` when the samples do not tell: an average of none, a change of fewer than two. */
export function aggregate(name: Aggregate, samples: readonly Sample[]): number | undefined {
  if (name === 'count') return samples.length;
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return undefined;
  switch (name) {
    case 'avg':
      return samples.reduce((sum, { value }) => sum + value, 0) / samples.length;
    case 'min':
      return samples.reduce((least, { value }) => Math.min(least, value), first.value);
    case 'max':
      return samples.reduce((most, { value }) => Math.max(most, value), first.value);
    case 'delta':
      return first === last ? undefined : last.value - first.value;
    case 'rate':
      return first === last ? undefined : ((last.value - first.value) * 1000) / (last.ts - first.ts);
  }
}
