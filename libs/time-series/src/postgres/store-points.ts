import type { ClientBase } from 'pg';
import { countLate } from '../relational/count-late.js';
import { largest, smallest } from '../relational/smallest-largest.js';
import type { PlannedPoint, WritePlan } from '../relational/write-plan.js';
import { FIND_DUPLICATES, STORE_POINTS } from './store-points.sql.js';

/** Stores the points of a plan, and in the same statement what follows from them. */
export async function storePoints(client: ClientBase, plan: WritePlan): Promise<void> {
  const { points } = plan;
  const values = [...columns(points), points.map(({ sourceKey }) => sourceKey)];
  const { rows } = await client.query<{ stored: number; late: [string, string, number][] }>({ name: 'store-points', text: STORE_POINTS, values });
  const [result] = rows;
  if (result === undefined) throw new Error('Storing points gave no answer');
  countLate(plan, result.late);
  if (result.stored < points.length) await countDuplicates(client, plan);
}

async function countDuplicates(client: ClientBase, { points, tallies }: WritePlan): Promise<void> {
  const times = points.map(({ ts }) => ts);
  const values = [...columns(points), smallest(times), largest(times)];
  const { rows } = await client.query<{ index: number; conflicting: boolean }>(FIND_DUPLICATES, values);
  for (const { index, conflicting } of rows) {
    const tally = tallies[points[index]?.message ?? -1];
    if (tally === undefined) continue;
    tally.stored -= 1;
    tally.duplicates += 1;
    if (conflicting) tally.conflicting += 1;
  }
}

function columns(points: readonly PlannedPoint[]): unknown[] {
  return [
    points.map(({ deviceId }) => deviceId),
    points.map(({ metric }) => metric),
    points.map(({ ts }) => ts),
    points.map(({ value }) => (typeof value === 'number' ? value : null)),
    points.map(({ value }) => (typeof value === 'boolean' ? value : null)),
    points.map(({ value }) => (typeof value === 'string' ? value : null)),
  ];
}
