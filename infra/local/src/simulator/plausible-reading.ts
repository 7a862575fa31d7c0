import type { MetricValue } from '@brain/contracts';
import type { DemoMetric, DeviceKind } from '../demo/device-kinds.js';

/** How far a number moves between two readings, as a share of its ordinary range. */
const STEP = 0.06;

/** Numbers in [0, 1), e.g. Math.random; a test gives its own. */
export type Chance = () => number;

/** The next reading of a device: each number strolls within its ordinary range, a fault shows its own values. */
export function nextReading(
  kind: DeviceKind,
  last: Readonly<Record<string, MetricValue>>,
  isFaulty: boolean,
  chance: Chance,
): Record<string, MetricValue> {
  const ordinary = Object.fromEntries(kind.metrics.map((metric) => [metric.name, nextValue(metric, last[metric.name], chance)]));
  return isFaulty ? { ...ordinary, ...kind.fault.values } : ordinary;
}

function nextValue({ normal }: DemoMetric, last: MetricValue | undefined, chance: Chance): MetricValue {
  if (normal.type === 'bit') return normal.value;
  const { least, most, decimals } = normal;
  const range = most - least;
  const from = typeof last === 'number' && last >= least && last <= most ? last : least + chance() * range;
  const moved = from + (chance() - 0.5) * 2 * STEP * range;
  return Number(Math.min(most, Math.max(least, moved)).toFixed(decimals));
}
