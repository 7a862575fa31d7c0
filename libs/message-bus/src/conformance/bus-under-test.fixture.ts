import type { BusRecord, DeliveredRecord, MessageBus, SubscriptionOptions } from '../message-bus.port.js';

/** One engine with these topics, freshly made for each test, seen from two processes. */
export const conformanceTopics = [
  { name: 'single', partitions: 1, retentionHours: 1 },
  { name: 'spread', partitions: 4, retentionHours: 1 },
];

export interface BusUnderTest {
  readonly bus: MessageBus;
  /** Another process on the same engine; the same bus where there are no processes. */
  readonly other: MessageBus;
  /** Records held by `bus` that no handler has taken yet. */
  readonly readAhead: () => number;
  /** The most `readAhead` may be for one partition. */
  readonly readAheadLimit: number;
  readonly stop: () => Promise<void>;
}

export function record(key: string, value: unknown = null): BusRecord {
  return { key, headers: {}, value };
}

export function records(key: string, count: number): BusRecord[] {
  return Array.from({ length: count }, (_, index) => record(key, index));
}

/** A handler that remembers, and fails as told. */
export class Recorder {
  readonly calls: (readonly DeliveredRecord[])[] = [];
  readonly at: number[] = [];

  constructor(private readonly behave: (records: readonly DeliveredRecord[]) => void | Promise<void> = () => undefined) {}

  readonly handler: SubscriptionOptions['handler'] = async (delivered) => {
    this.calls.push(delivered);
    this.at.push(performance.now());
    await this.behave(delivered);
  };

  get delivered(): DeliveredRecord[] {
    return this.calls.flat();
  }

  values(key?: string): unknown[] {
    return this.delivered.filter((delivered) => key === undefined || delivered.key === key).map(({ value }) => value);
  }
}
