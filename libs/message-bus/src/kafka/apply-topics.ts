import { setTimeout as pause } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { deadLetterTopics, topicCatalogue, type TopicDefinition } from '../topic-catalogue.js';
import { kafkaClient, type KafkaConnectionOptions } from './kafka-connection.js';
import { busError, originOf, protocolType } from './kafka-errors.js';
import { planTopics, type ExistingTopic, type TopicStep } from './topic-plan.js';

export interface ApplyTopicsOptions extends KafkaConnectionOptions {
  readonly namespace?: string;
  /** Default: the catalogue of the product. The topics of the bus itself always come along. */
  readonly topics?: readonly TopicDefinition[];
}

// Node finds no named export of that name in kafkajs, which is CommonJS.
const { ConfigResourceTypes, ConfigSource } = kafkajs;

const longestWaitMs = 30_000;

/** Makes the topics, grows them and sets what the catalogue says; at every deployment if you like. Returns what it did. */
export async function applyTopics(options: ApplyTopicsOptions): Promise<readonly TopicStep[]> {
  const wanted = wantedTopics(options);
  const admin = kafkaClient(options).admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    const steps = planTopics(wanted, await existingTopics(admin, wanted), brokers.length);
    await create(admin, steps);
    for (const step of steps) await change(admin, step);
    return steps;
  } catch (error) {
    throw busError(error);
  } finally {
    await admin.disconnect();
  }
}

/** Every topic that the bus uses, under its name in the cluster. */
export function wantedTopics({ topics = topicCatalogue, namespace }: Pick<ApplyTopicsOptions, 'topics' | 'namespace'>): readonly TopicDefinition[] {
  return [...topics, ...deadLetterTopics].map((topic) => ({
    ...topic,
    name: namespace === undefined ? topic.name : `${namespace}.${topic.name}`,
  }));
}

export async function existingTopics(admin: Admin, wanted: readonly TopicDefinition[]): Promise<ExistingTopic[]> {
  const all = new Set(await admin.listTopics());
  const names = wanted.map(({ name }) => name).filter((name) => all.has(name));
  if (names.length === 0) return [];
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const resources = names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name }));
  const described = await admin.describeConfigs({ resources, includeSynonyms: false });
  return topics.map(({ name, partitions }) => {
    const entries = described.resources.find(({ resourceName }) => resourceName === name)?.configEntries ?? [];
    const own = entries.filter((entry) => entry.configSource === ConfigSource.TOPIC_CONFIG);
    return { name, partitions: partitions.length, settings: Object.fromEntries(own.map((entry) => [entry.configName, entry.configValue])) };
  });
}

/** All in one request; whoever starts after it finds them. */
async function create(admin: Admin, steps: readonly TopicStep[]): Promise<void> {
  const topics = steps
    .filter((step) => step.kind === 'create')
    .map(({ name: topic, partitions: numPartitions, replication: replicationFactor, settings }) => ({
      topic,
      numPartitions,
      replicationFactor,
      configEntries: entriesOf(settings),
    }));
  if (topics.length === 0) return;
  // Not its own waitForLeaders: that gives up when the broker it asks has not heard of the topics yet.
  await admin.createTopics({ topics, waitForLeaders: false });
  await untilKnown(admin, topics.map(({ topic }) => topic));
}

async function untilKnown(admin: Admin, topics: string[]): Promise<void> {
  const giveUpAt = Date.now() + longestWaitMs;
  for (;;) {
    try {
      await admin.fetchTopicMetadata({ topics });
      return;
    } catch (error) {
      if (!isOnItsWay(error) || Date.now() > giveUpAt) throw error;
    }
    await pause(50);
  }
}

function isOnItsWay(error: unknown): boolean {
  return ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'].includes(protocolType(originOf(error)) ?? '');
}

async function change(admin: Admin, step: TopicStep): Promise<void> {
  switch (step.kind) {
    case 'create':
      return;
    case 'grow':
      await admin.createPartitions({ topicPartitions: [{ topic: step.name, count: step.partitions }] });
      return;
    case 'configure': {
      const configEntries = entriesOf(step.settings);
      await admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: step.name, configEntries }] });
      return;
    }
  }
}

function entriesOf(settings: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}
