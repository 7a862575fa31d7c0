import { randomUUID } from 'node:crypto';
import { DomainError } from '@brain/contracts';
import type { BusRecord, GroupLag, MessageBus, RetryPolicy, Subscription, SubscriptionOptions } from '../message-bus.port.js';
import { retryPolicy } from '../retry-policy.js';
import { sumLag } from '../sum-lag.js';
import { Announcer, headsChannel, parseHeads } from './announcer.js';
import { Coordinator } from './coordinator.js';
import { Fetcher } from './fetcher.js';
import { GroupRegistry } from './group-registry.js';
import { Listener } from './listener.js';
import { Member } from './member.js';
import { OffsetCommitter } from './offset-committer.js';
import { PostgresDeadLetters } from './postgres-dead-letters.js';
import { PostgresEngine, type EngineOptions } from './postgres-engine.js';
import { Publisher } from './publisher.js';
import type { ReadLimits } from './record-batches.js';
import { Retention } from './retention.js';
import { TopicPartitions } from './topic-partitions.js';

export interface PostgresMessageBusOptions extends EngineOptions {
  /** How long a consumer that died keeps its partitions. Default 5,000. */
  readonly leaseMs?: number;
  /** How often to look for what no notification told of; at least as often as leases are renewed. Default 2,000. */
  readonly pollMs?: number;
  /** How far to read ahead of the handlers, per partition. Default 500 records or 1 MiB. */
  readonly readAhead?: ReadLimits;
  /** For subscriptions that do not say it themselves. */
  readonly retry?: Partial<RetryPolicy>;
  /** How often old records are deleted. Default 5 minutes. */
  readonly retentionEveryMs?: number;
}

type GroupTopics = Pick<SubscriptionOptions, 'group' | 'topics'>;

/** The bus as a partitioned log in PostgreSQL; `installMessageBus` creates it. */
export class PostgresMessageBus implements MessageBus {
  readonly deadLetters: PostgresDeadLetters;
  readonly #engine: PostgresEngine;
  readonly #topics: TopicPartitions;
  readonly #announcer: Announcer;
  readonly #publisher: Publisher;
  readonly #registry: GroupRegistry;
  readonly #fetcher: Fetcher;
  readonly #committer: OffsetCommitter;
  readonly #coordinator: Coordinator;
  readonly #listener: Listener;
  readonly #open = new Map<Subscription, GroupTopics>();
  #closing: Promise<void> | undefined;

  constructor(private readonly options: PostgresMessageBusOptions) {
    const { leaseMs = 5_000, pollMs = 2_000, readAhead = { records: 500, bytes: 1024 * 1024 } } = options;
    const engine = new PostgresEngine(options);
    this.#engine = engine;
    this.#topics = new TopicPartitions(engine);
    this.#announcer = new Announcer(engine);
    this.#publisher = new Publisher(engine, this.#announcer);
    this.#registry = new GroupRegistry(engine, leaseMs);
    this.#fetcher = new Fetcher(engine, readAhead);
    this.#committer = new OffsetCommitter(engine);
    this.deadLetters = new PostgresDeadLetters(engine, (group) => this.#registry.tell(group));
    const retention = new Retention(engine, options.retentionEveryMs ?? 300_000);
    this.#coordinator = new Coordinator(this.#registry, this.#committer, retention, { leaseMs, pollMs });
    this.#listener = new Listener(engine, {
      notified: (channel, payload) => this.#notified(channel, payload),
      connected: () => this.#coordinator.wake(),
    });
  }

  /** Records read ahead of the handlers at this moment, all subscriptions together. */
  get readAhead(): number {
    return this.#coordinator.readAhead;
  }

  async publish(topic: string, records: readonly BusRecord[]): Promise<void> {
    this.#requireOpen();
    const partitions = this.#topics.known(topic) ?? (await this.#topics.count(topic));
    await this.#publisher.publish(topic, partitions, records);
  }

  async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    this.#requireOpen();
    const { group, topics, handler, maxBatch = 1, lingerMs = 0, startFrom = 'earliest' } = options;
    for (const topic of topics) await this.#topics.count(topic);
    await this.#registry.begin(group, topics, startFrom);
    const { schema } = this.#engine;
    await this.#listener.listen([schema, ...topics.map((topic) => headsChannel(schema, topic))]);
    const member = new Member(
      { id: randomUUID(), group, topics },
      { handler, maxBatch, lingerMs, retry: retryPolicy(this.options.retry, options.retry) },
      this.#registry,
      { fetcher: this.#fetcher, committer: this.#committer, deadLetters: this.deadLetters },
    );
    await this.#coordinator.join(member);
    return this.#subscription(member, { group, topics });
  }

  async lag(): Promise<readonly GroupLag[]> {
    this.#requireOpen();
    const topicsOf = new Map<string, Set<string>>();
    for (const { group, topics } of this.#open.values()) topicsOf.set(group, new Set([...(topicsOf.get(group) ?? []), ...topics]));
    const lags = await Promise.all([...topicsOf].map(([group, topics]) => this.#registry.lag(group, [...topics])));
    return sumLag(lags.flat());
  }

  async ping(): Promise<void> {
    this.#requireOpen();
    await this.#engine.relaxed('select 1 from topics limit 1');
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#publisher.drain();
    await this.#announcer.close();
    await Promise.all([...this.#open.keys()].map((subscription) => subscription.close()));
    await this.#coordinator.close();
    await this.#listener.close();
    await this.#engine.close();
  }

  #subscription(member: Member, read: GroupTopics): Subscription {
    let left: Promise<void> | undefined;
    const subscription = {
      close: (): Promise<void> => {
        left ??= this.#leave(member).finally(() => this.#open.delete(subscription));
        return left;
      },
    };
    this.#open.set(subscription, read);
    return subscription;
  }

  async #leave(member: Member): Promise<void> {
    try {
      await this.#coordinator.leave(member);
    } catch {
      // The server is away: the handlers are done, and the lease runs out by itself.
    }
  }

  #notified(channel: string, payload: string): void {
    const { schema } = this.#engine;
    if (channel === schema) {
      this.#coordinator.groupChanged(payload);
      return;
    }
    const topic = channel.slice(schema.length + 1);
    for (const [partition, nextOffset] of parseHeads(payload)) {
      this.#coordinator.partitionGrew(topic, partition, nextOffset);
    }
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) throw new DomainError('BUS_UNAVAILABLE', 'The bus is closed');
  }
}
