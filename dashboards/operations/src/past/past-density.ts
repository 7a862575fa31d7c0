import { SEVERITIES, type AlertView, type Severity } from '@brain/contracts';
import type { PastDay } from './past-day.js';

export interface DensityBar {
  readonly from: number;
  readonly count: number;
  readonly worst: Severity;
}

const STEP = 15 * 60_000;

/** Alerts raised per quarter of an hour of a day; quarters without any are left out. */
export function density(alerts: Iterable<AlertView>, { from, to }: PastDay): DensityBar[] {
  const bars = new Map<number, DensityBar>();
  for (const { raisedAt, severity } of alerts) {
    const time = Date.parse(raisedAt);
    if (time < from || time >= to) continue;
    const start = from + Math.floor((time - from) / STEP) * STEP;
    const known = bars.get(start);
    const worst = known === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known.worst) ? severity : known.worst;
    bars.set(start, { from: start, count: (known?.count ?? 0) + 1, worst });
  }
  return [...bars.values()].sort((a, b) => a.from - b.from);
}
