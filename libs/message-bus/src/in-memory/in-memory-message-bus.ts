import { DomainError } from '@brain/contracts';
import type { BusRecord, GroupLag, MessageBus, RetryPolicy, Subscription, SubscriptionOptions } from '../message-bus.port.js';
import { retryPolicy } from '../retry-policy.js';
import { sumLag } from '../sum-lag.js';
import { topicCatalogue, type TopicDefinition } from '../topic-catalogue.js';
import { InMemoryDeadLetters } from './in-memory-dead-letters.js';
import { InMemoryGroup } from './in-memory-group.js';
import { InMemoryMember } from './in-memory-member.js';
import { InMemoryTopic } from './in-memory-topic.js';

export interface InMemoryMessageBusOptions {
  /** Default: the catalogue of the product. */
  readonly topics?: readonly Pick<TopicDefinition, 'name' | 'partitions'>[];
  /** For subscriptions that do not say it themselves. */
  readonly retry?: Partial<RetryPolicy>;
  readonly now?: () => string;
}

/** The bus for tests: the same promises, within one process and until it ends. */
export class InMemoryMessageBus implements MessageBus {
  readonly deadLetters: InMemoryDeadLetters;
  readonly #topics: ReadonlyMap<string, InMemoryTopic>;
  readonly #groups = new Map<string, InMemoryGroup>();
  readonly #open = new Set<Subscription>();
  readonly #retry: Partial<RetryPolicy> | undefined;
  readonly #now: () => string;
  #closed = false;

  constructor(options: InMemoryMessageBusOptions = {}) {
    const topics = options.topics ?? topicCatalogue;
    this.#topics = new Map(topics.map(({ name, partitions }) => [name, new InMemoryTopic(name, partitions)]));
    this.#retry = options.retry;
    this.#now = options.now ?? (() => new Date().toISOString());
    this.deadLetters = new InMemoryDeadLetters(this.#now, (letter) => this.#groups.get(letter.group)?.replay(letter));
  }

  async publish(topic: string, records: readonly BusRecord[]): Promise<void> {
    await this.ping();
    this.#topic(topic).append(records, this.#now());
    for (const group of this.#groups.values()) group.wake();
  }

  async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    await this.ping();
    const topics = options.topics.map((name) => this.#topic(name));
    const group = this.#groups.get(options.group) ?? new InMemoryGroup(options.group, this.deadLetters);
    this.#groups.set(options.group, group);
    const member = new InMemoryMember(options, retryPolicy(this.#retry, options.retry));
    group.join(member, topics, options.startFrom ?? 'earliest');
    const subscription = {
      close: async () => {
        this.#open.delete(subscription);
        await group.leave(member);
      },
    };
    this.#open.add(subscription);
    return subscription;
  }

  /** Resolves once everything published so far, and whatever handlers published meanwhile, is handled or buried. */
  async idle(): Promise<void> {
    for (;;) {
      const running = [...this.#groups.values()].flatMap(({ lanes }) => lanes.flatMap((lane) => lane.running ?? []));
      if (running.length === 0) return;
      await Promise.all(running);
    }
  }

  async lag(): Promise<readonly GroupLag[]> {
    await this.ping();
    return sumLag([...this.#groups.values()].flatMap(({ lag }) => lag));
  }

  ping(): Promise<void> {
    return this.#closed ? Promise.reject(new DomainError('BUS_UNAVAILABLE', 'The bus is closed')) : Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((subscription) => subscription.close()));
  }

  #topic(name: string): InMemoryTopic {
    const topic = this.#topics.get(name);
    if (topic === undefined) throw new DomainError('TOPIC_UNKNOWN', `There is no topic ${name}`);
    return topic;
  }
}
