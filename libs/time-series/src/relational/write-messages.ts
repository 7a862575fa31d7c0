import type { ClientBase } from 'pg';
import type { TelemetryMessage } from '@brain/contracts';
import type { Consumed } from './consume.js';
import { withoutForgotten } from './forgotten.js';
import { FIND_RESENDS, RESEND_WINDOW_MS } from './resend.sql.js';
import { largest, smallest } from './smallest-largest.js';
import { planWrite, possibleResends, resentWithinBatch, type WritePlan } from './write-plan.js';

/** Stores the points of a plan and corrects its tallies by what the database says. */
export type StorePoints = (client: ClientBase, plan: WritePlan) => Promise<void>;

/** Stores the points of messages and says what became of each message. */
export async function writeMessages(client: ClientBase, received: readonly TelemetryMessage[], storePoints: StorePoints): Promise<Consumed> {
  const messages = await withoutForgotten(client, received);
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
