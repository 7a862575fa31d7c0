import type { MetricValue, TelemetryMessage } from '@brain/contracts';

/** One point to store, and the message it came with (index in the batch). */
export interface PlannedPoint {
  readonly message: number;
  readonly deviceId: string;
  readonly metric: string;
  readonly ts: number;
  readonly value: MetricValue;
  readonly sourceKey: string;
}

/** Counts of one message while they are found out. */
export interface Tally {
  readonly messageId: string;
  stored: number;
  duplicates: number;
  conflicting: number;
  late: number;
  resend: boolean;
}

export interface WritePlan {
  /** Distinct by (device, metric, time), in the order they came. */
  readonly points: readonly PlannedPoint[];
  readonly tallies: readonly Tally[];
}

/**
 * Leaves out what repeats within the batch. `resent` holds the indexes of messages known to be resends of stored
 * ones. All points that stay are taken as stored until the database says otherwise.
 */
export function planWrite(messages: readonly TelemetryMessage[], resent: ReadonlySet<number>): WritePlan {
  const points = new Map<string, PlannedPoint>();
  const tallies = messages.map((message, index): Tally => {
    const tally = { messageId: message.messageId, stored: 0, duplicates: 0, conflicting: 0, late: 0, resend: resent.has(index) };
    for (const { ts, values } of message.readings) {
      for (const [metric, value] of Object.entries(values)) {
        const id = `${message.deviceId} ${String(ts)} ${metric}`;
        const first = points.get(id);
        if (tally.resend) tally.duplicates += 1;
        else if (first === undefined) {
          tally.stored += 1;
          points.set(id, { message: index, deviceId: message.deviceId, metric, ts, value, sourceKey: message.messageKey });
        } else {
          tally.duplicates += 1;
          if (first.value !== value) tally.conflicting += 1;
        }
      }
    }
    return tally;
  });
  return { points: [...points.values()], tallies };
}

/** Messages without a time of their own that the client sent again: the only ones whose points cannot tell. */
export function possibleResends(messages: readonly TelemetryMessage[]): number[] {
  return [...messages.keys()].filter((index) => {
    const message = messages[index];
    return message?.resent === true && !message.ownTime;
  });
}

/** Is the message this one resends earlier in the same batch? */
export function resentWithinBatch(messages: readonly TelemetryMessage[], index: number): boolean {
  const resend = messages[index];
  return messages
    .slice(0, index)
    .some((earlier) => earlier.deviceId === resend?.deviceId && earlier.messageKey === resend.messageKey);
}
