import type { WritePlan } from './write-plan.js';

/** Counts the points that were stored late, given as (device, metric, time), for the messages they came with. */
export function countLate({ points, tallies }: WritePlan, late: readonly [string, string, number][]): void {
  if (late.length === 0) return;
  const keys = new Set(late.map(([deviceId, metric, ts]) => `${deviceId} ${String(ts)} ${metric}`));
  for (const { message, deviceId, metric, ts } of points) {
    const tally = tallies[message];
    if (tally !== undefined && keys.has(`${deviceId} ${String(ts)} ${metric}`)) tally.late += 1;
  }
}
