import { DomainError } from '@brain/contracts';
import type { Kafka } from 'kafkajs';
import type { BusRecord, GroupLag, MessageBus, RetryPolicy, Subscription, SubscriptionOptions } from '../message-bus.port.js';
import { retryPolicy } from '../retry-policy.js';
import { sumLag } from '../sum-lag.js';
import { deadLettersTopic, deadLetterTopics, replaysTopic, topicCatalogue, type TopicDefinition } from '../topic-catalogue.js';
import { limitsRefusal, topicsRefusal } from './check-topics.js';
import { ClusterLink } from './cluster-link.js';
import { FreshProducer } from './fresh-producer.js';
import { lagOf } from './group-lag.js';
import { GroupMember } from './group-member.js';
import { impatientClient, kafkaClient, type KafkaConnectionOptions } from './kafka-connection.js';
import { KafkaDeadLetters } from './kafka-dead-letters.js';
import { busError } from './kafka-errors.js';
import { KafkaPublisher } from './kafka-publisher.js';
import { LogReader } from './log-reader.js';
import { ReplayLog } from './replay-log.js';
import { TopicLayouts } from './topic-layouts.js';

export interface KafkaMessageBusOptions extends KafkaConnectionOptions {
  /** Goes before the name of every topic and group, so that installations can share a cluster. Default none. */
  readonly namespace?: string;
  /** The cluster is refused without these. Default: the catalogue of the product. */
  readonly topics?: readonly Pick<TopicDefinition, 'name' | 'partitions' | 'maxMessageBytes'>[];
  /** When given, any other cluster is refused. */
  readonly clusterId?: string;
  /** How long a consumer that died keeps its partitions. Default 10,000. */
  readonly sessionMs?: number;
  /** How often a consumer is heard of, and hears of others. Default 1,000. */
  readonly heartbeatMs?: number;
  /** How long the others wait for a running handler when partitions change hands. Default 60,000. */
  readonly rebalanceMs?: number;
  /** How far to read ahead of the handlers, per partition. Default 500 records or 1 MiB. */
  readonly readAhead?: { readonly records: number; readonly bytes: number };
  /** The most that is sent to a partition at once. Default 256 KiB. */
  readonly batchBytes?: number;
  /** For subscriptions that do not say it themselves. */
  readonly retry?: Partial<RetryPolicy>;
}

/** The bus on Apache Kafka 3.9 and 4; `applyTopics` makes its topics. */
export class KafkaMessageBus implements MessageBus {
  readonly deadLetters: KafkaDeadLetters;
  readonly #kafka: Kafka;
  readonly #link: ClusterLink;
  readonly #layouts: TopicLayouts;
  readonly #producer: FreshProducer;
  readonly #publisher: KafkaPublisher;
  readonly #replayLog: ReplayLog;
  readonly #members = new Map<GroupMember, { readonly group: string; readonly topic: string }>();
  readonly #open = new Set<Subscription>();
  #isAccepted = false;
  #closing: Promise<void> | undefined;

  constructor(private readonly options: KafkaMessageBusOptions) {
    const kafka = impatientClient(options);
    const physical = (topic: string): string => this.#physical(topic);
    this.#kafka = kafka;
    this.#link = new ClusterLink(kafka);
    this.#layouts = new TopicLayouts(this.#link, physical);
    this.#producer = new FreshProducer(kafkaClient(options));
    this.#publisher = new KafkaPublisher(this.#producer, this.#layouts, physical, options.batchBytes ?? 256 * 1024);
    this.#replayLog = new ReplayLog(new ClusterLink(kafka), physical(replaysTopic), () => {
      for (const member of this.#members.keys()) member.wake();
    });
    this.deadLetters = new KafkaDeadLetters({
      publish: (topic, records) => this.#publisher.publish(topic, records),
      letters: new LogReader(this.#link, physical(deadLettersTopic)),
      replays: new LogReader(this.#link, physical(replaysTopic)),
      replayLog: this.#replayLog,
      endOf: (topic, partition) => this.#endOf(topic, partition),
      requireOpen: () => this.#requireOpen(),
    });
  }

  /** Records read ahead of the handlers at this moment, all subscriptions together. */
  get readAhead(): number {
    return [...this.#members.keys()].reduce((sum, member) => sum + member.readAhead, 0);
  }

  async publish(topic: string, records: readonly BusRecord[]): Promise<void> {
    this.#requireOpen();
    await this.#publisher.publish(topic, records);
  }

  async subscribe(options: SubscriptionOptions): Promise<Subscription> {
    this.#requireOpen();
    for (const topic of options.topics) await this.#layouts.of(topic);
    this.#replayLog.follow();
    const members = options.topics.map((topic) => {
      const member = this.#member(options, topic);
      this.#members.set(member, { group: options.group, topic });
      return member;
    });
    try {
      await Promise.all(members.map(({ started }) => started));
    } catch (error) {
      await this.#leave(members);
      throw busError(error);
    }
    return this.#subscription(members);
  }

  async lag(): Promise<readonly GroupLag[]> {
    this.#requireOpen();
    const read = new Map([...this.#members.values()].map((one) => [this.#groupId(one), one]));
    const asked = [...read].map(async ([groupId, { group, topic }]) => ({ group, topic, records: await lagOf(this.#link, groupId, this.#physical(topic)) }));
    try {
      return sumLag(await Promise.all(asked));
    } catch (error) {
      await this.#link.recover();
      throw busError(error);
    }
  }

  async ping(): Promise<void> {
    this.#requireOpen();
    try {
      await this.#accept().catch((error: unknown) => this.#acceptAnother(error));
    } catch (error) {
      this.#isAccepted = false;
      throw busError(error);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#publisher.drain();
    await Promise.all([...this.#open].map((subscription) => subscription.close()));
    await this.#publisher.drain();
    await this.#producer.close();
    await this.#replayLog.close();
    await this.#link.end();
  }

  async #accept(): Promise<void> {
    const { topics = topicCatalogue, clusterId } = this.options;
    const needed = [...topics, ...deadLetterTopics];
    const wanted = needed.map(({ name, partitions }) => ({ name: this.#physical(name), partitions }));
    const cluster = await this.#link.use();
    const asked = this.#isAccepted ? [this.#physical(deadLettersTopic)] : []; // none named: all
    const metadata = await cluster.metadata({ topics: asked });
    if (metadata === null) throw new DomainError('BUS_UNAVAILABLE', 'No broker of Kafka answers');
    if (clusterId !== undefined && metadata.clusterId !== clusterId) {
      throw new DomainError('BUS_REFUSED', `This is the Kafka cluster ${metadata.clusterId}, not ${clusterId}: name the right brokers`);
    }
    if (this.#isAccepted) return;
    const refusal = topicsRefusal(metadata, wanted) ?? limitsRefusal(needed, await this.#limits(needed));
    if (refusal !== undefined) throw refusal;
    this.#isAccepted = true;
  }

  async #limits(topics: readonly { readonly name: string }[]): Promise<ReadonlyMap<string, number>> {
    const asked = topics.map(async ({ name }) => [name, (await this.#layouts.of(name)).maxBytes] as const);
    return new Map(await Promise.all(asked));
  }

  /** One of the brokers may be away: the others are asked before the bus counts as out of reach. */
  async #acceptAnother(error: unknown): Promise<void> {
    if (error instanceof DomainError) throw error;
    await this.#link.recover();
    await this.#accept();
  }

  /** A group of the port is one Kafka group per topic: its handlers of other topics are not held up by its rebalances. */
  #member(options: SubscriptionOptions, topic: string): GroupMember {
    const { group, handler, maxBatch = 1, lingerMs = 0, startFrom = 'earliest' } = options;
    const { sessionMs = 10_000, heartbeatMs = 1_000, rebalanceMs = 60_000, readAhead = { records: 500, bytes: 1024 * 1024 } } = this.options;
    return new GroupMember(new ClusterLink(this.#kafka), {
      groupId: this.#groupId({ group, topic }),
      topic,
      physicalTopic: this.#physical(topic),
      work: { handler, maxBatch, lingerMs, retry: retryPolicy(this.options.retry, options.retry), readAhead },
      letters: this.deadLetters.of(group, topic),
      sessionMs,
      heartbeatMs,
      rebalanceMs,
      startFrom,
    });
  }

  #subscription(members: readonly GroupMember[]): Subscription {
    let left: Promise<void> | undefined;
    const subscription = {
      close: (): Promise<void> => {
        left ??= this.#leave(members).finally(() => this.#open.delete(subscription));
        return left;
      },
    };
    this.#open.add(subscription);
    return subscription;
  }

  async #leave(members: readonly GroupMember[]): Promise<void> {
    await Promise.all(members.map((member) => member.close()));
    for (const member of members) this.#members.delete(member);
  }

  async #endOf(topic: string, partition: number): Promise<number> {
    const physical = this.#physical(topic);
    const cluster = await this.#link.use(physical);
    const [answer] = await cluster.fetchTopicsOffset([{ topic: physical, partitions: [{ partition }], fromBeginning: false }]);
    return Number(answer?.partitions[0]?.offset ?? 0);
  }

  #groupId({ group, topic }: { readonly group: string; readonly topic: string }): string {
    return this.#physical(`${group}.${topic}`);
  }

  #physical(name: string): string {
    const { namespace } = this.options;
    return namespace === undefined ? name : `${namespace}.${name}`;
  }

  #requireOpen(): void {
    if (this.#closing !== undefined) throw new DomainError('BUS_UNAVAILABLE', 'The bus is closed');
  }
}
