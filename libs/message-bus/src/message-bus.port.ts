/** One message. `value` is plain JSON; records of one `key` keep their order. */
export interface BusRecord {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: unknown;
}

export interface DeliveredRecord extends BusRecord {
  readonly topic: string;
  readonly partition: number;
  /** Grows by one within (topic, partition), from 0. */
  readonly offset: number;
  readonly publishedAt: string;
  /** 1 on the first delivery. */
  readonly attempt: number;
}

export interface RetryPolicy {
  /** Failed deliveries before the record goes to the dead letters. Default 5. */
  readonly attempts: number;
  /** First pause; doubles each time. Default 100. */
  readonly baseMs: number;
  /** Longest pause. Default 10,000. */
  readonly maxMs: number;
}

export interface SubscriptionOptions {
  /** Members of one group share the partitions; each group gets every record. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * Acknowledged when it settles. All records of a call come from one partition, in order. When it throws, the same
   * records come again with backoff; after the last attempt a batch is delivered one by one, so that only the
   * record that cannot be handled goes to the dead letters. Failures because an engine is away do not count.
   */
  readonly handler: (records: readonly DeliveredRecord[]) => Promise<void>;
  /** Default 1: one record a call. */
  readonly maxBatch?: number;
  /** How long records may wait for more of them, so that fewer calls do the same work. Default 0. */
  readonly lingerMs?: number;
  /** Where a new group begins. Default 'earliest'. */
  readonly startFrom?: 'earliest' | 'latest';
  readonly retry?: Partial<RetryPolicy>;
}

export interface Subscription {
  /** Stops taking records, waits for the running handlers, commits and leaves the group. */
  close(): Promise<void>;
}

/** How many records of a topic a group is behind: published, and not handled by any of its members. */
export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  readonly records: number;
}

export interface DeadLetter {
  readonly id: string;
  readonly group: string;
  readonly record: DeliveredRecord;
  readonly error: string;
  readonly failedAt: string;
  readonly replayedAt: string | null;
}

export interface DeadLetters {
  list(options?: { readonly group?: string; readonly after?: string; readonly limit?: number }): Promise<readonly DeadLetter[]>;
  /** @throws DomainError DEAD_LETTER_UNKNOWN */
  get(id: string): Promise<DeadLetter>;
  /** Delivers it again to its group, through the same handler, after what is waiting. */
  replay(id: string): Promise<void>;
}

/**
 * At least once, in order per key. Every adapter passes one conformance suite.
 * `publish` resolves when all records are durable; records of one call may share a transaction with those of
 * other calls (group commit). A call that is refused (not JSON, too large, no such topic) stores none of them; after
 * BUS_UNAVAILABLE they may be stored, wholly or in part: repeat the call.
 */
export interface MessageBus {
  publish(topic: string, records: readonly BusRecord[]): Promise<void>;
  subscribe(options: SubscriptionOptions): Promise<Subscription>;
  readonly deadLetters: DeadLetters;
  /** Of each group that this bus has a subscription of, with what its members elsewhere have before them; by group and topic. */
  lag(): Promise<readonly GroupLag[]>;
  /** Rejects when the engine cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Injection token. */
export const MESSAGE_BUS = Symbol('MessageBus');
