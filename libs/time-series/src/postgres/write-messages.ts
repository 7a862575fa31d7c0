import type { ClientBase } from 'pg';
import type { TelemetryMessage } from '@brain/contracts';
import type { Consumed } from './consume.js';
import { planWrite, possibleResends, resentWithinBatch, type PlannedPoint, type WritePlan } from './write-plan.js';
import { FIND_DUPLICATES, FIND_RESENDS, RESEND_WINDOW_MS, STORE_POINTS } from './write.sql.js';

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

async function storePoints(client: ClientBase, plan: WritePlan): Promise<void> {
  const { points } = plan;
  const values = [...columns(points), points.map(({ sourceKey }) => sourceKey)];
  const { rows } = await client.query<{ stored: number; late: [string, string, number][] }>({ name: 'store-points', text: STORE_POINTS, values });
  const [result] = rows;
  if (result === undefined) throw new Error('Storing points gave no answer');
  countLate(plan, result.late);
  if (result.stored < points.length) await countDuplicates(client, plan);
}

function countLate({ points, tallies }: WritePlan, late: readonly [string, string, number][]): void {
  if (late.length === 0) return;
  const keys = new Set(late.map(([deviceId, metric, ts]) => `${deviceId} ${String(ts)} ${metric}`));
  for (const { message, deviceId, metric, ts } of points) {
    const tally = tallies[message];
    if (tally !== undefined && keys.has(`${deviceId} ${String(ts)} ${metric}`)) tally.late += 1;
  }
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

// Not Math.min(...): a batch may hold more points than a call takes arguments.
const smallest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
const largest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));
