import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { countLate } from '../relational/count-late.js';
import type { PlannedPoint, WritePlan } from '../relational/write-plan.js';
import { copyLine } from './copy-text.js';
import { COPY_STAGING, FIND_CONFLICTS, JOIN_WRITERS, MAKE_STAGING, STORE_STAGED } from './store-points.sql.js';

const LINES_PER_PIECE = 500;

/** Copies the points of a plan to the staging table of the session, and stores them from there. */
export async function storePoints(client: ClientBase, plan: WritePlan, lockName: string): Promise<void> {
  const joined = await client.query<{ staged: boolean }>(JOIN_WRITERS, [lockName]);
  if (joined.rows[0]?.staged !== true) await client.query(MAKE_STAGING);
  await pipeline(Readable.from(pieces(plan.points), { objectMode: false }), client.query(copyFrom(COPY_STAGING)));
  const { rows } = await client.query<{ duplicates: number[]; late: [string, string, number][] }>(STORE_STAGED);
  const [result] = rows;
  if (result === undefined) throw new Error('Storing points gave no answer');
  countLate(plan, result.late);
  if (result.duplicates.length > 0) await countDuplicates(client, plan, result.duplicates);
}

function* pieces(points: readonly PlannedPoint[]): Generator<string> {
  for (let start = 0; start < points.length; start += LINES_PER_PIECE) {
    yield points.slice(start, start + LINES_PER_PIECE).map((point, index) => copyLine(point, start + index)).join('');
  }
}

async function countDuplicates(client: ClientBase, { points, tallies }: WritePlan, duplicates: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ index: number }>(FIND_CONFLICTS, [duplicates]);
  const conflicting = new Set(rows.map(({ index }) => index));
  for (const index of duplicates) {
    const tally = tallies[points[index]?.message ?? -1];
    if (tally === undefined) continue;
    tally.stored -= 1;
    tally.duplicates += 1;
    if (conflicting.has(index)) tally.conflicting += 1;
  }
}
