import type { ClientBase } from 'pg';
import type { TelemetryMessage } from '@brain/contracts';
import type { Consumed } from './consume.js';
import { planWrite, possibleResends, resentWithinBatch, type PlannedPoint, type Tally, type WritePlan } from './write-plan.js';
import { FIND_CONFLICTS, FIND_RESENDS, RESEND_WINDOW_MS, STORE_POINTS } from './write.sql.js';

/** Stores the points of messages and says what became of each message. */
export async function writeMessages(client: ClientBase, messages: readonly TelemetryMessage[]): Promise<Consumed> {
  const plan = planWrite(messages, await findResends(client, messages));
  if (plan.points.length > 0) await storePoints(client, plan);
  return {
    outcomes: plan.tallies,
    counted: messages.map(({ deviceId, receivedAt }, index) => ({
      deviceId,
      receivedAt,
      as: (plan.tallies[index]?.stored ?? 0) > 0 ? 'stored' : 'duplicate',
    })),
  };
}

async function findResends(client: ClientBase, messages: readonly TelemetryMessage[]): Promise<ReadonlySet<number>> {
  const asked = possibleResends(messages);
  const found = new Set(asked.filter((index) => resentWithinBatch(messages, index)));
  const open = asked.filter((index) => !found.has(index)).flatMap((index) => {
    const message = messages[index];
    const metric = message && Object.keys(message.readings[0]?.values ?? {})[0];
    return message === undefined || metric === undefined ? [] : [{ index, message, metric }];
  });
  if (open.length === 0) return found;
  const received = open.map(({ message }) => message.receivedAt);
  const { rows } = await client.query<{ index: number }>(FIND_RESENDS, [
    open.map(({ message }) => message.deviceId),
    open.map(({ metric }) => metric),
    open.map(({ message }) => message.messageKey),
    received,
    smallest(received) - RESEND_WINDOW_MS,
    largest(received),
  ]);
  for (const row of rows) {
    const resend = open[row.index];
    if (resend !== undefined) found.add(resend.index);
  }
  return found;
}

async function storePoints(client: ClientBase, { points, tallies }: WritePlan): Promise<void> {
  const keys = points.map(({ sourceKey }) => sourceKey);
  const { rows } = await client.query<{ index: number; duplicate: boolean }>(STORE_POINTS, [...columns(points), keys]);
  const duplicates: PlannedPoint[] = [];
  for (const { index, duplicate } of rows) {
    const point = points[index];
    const tally = tallies[point?.message ?? -1];
    if (point === undefined || tally === undefined) continue;
    if (!duplicate) tally.late += 1;
    else {
      tally.stored -= 1;
      tally.duplicates += 1;
      duplicates.push(point);
    }
  }
  if (duplicates.length > 0) await countConflicts(client, duplicates, tallies);
}

async function countConflicts(client: ClientBase, duplicates: readonly PlannedPoint[], tallies: readonly Tally[]): Promise<void> {
  const times = duplicates.map(({ ts }) => ts);
  const { rows } = await client.query<{ index: number }>(FIND_CONFLICTS, [...columns(duplicates), smallest(times), largest(times)]);
  for (const { index } of rows) {
    const tally = tallies[duplicates[index]?.message ?? -1];
    if (tally !== undefined) tally.conflicting += 1;
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

// Not Math.min(...): a batch may hold more points than a call takes arguments.
const smallest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
const largest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));
