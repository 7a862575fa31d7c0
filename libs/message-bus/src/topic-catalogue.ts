import { TOPICS, type Topic } from '@brain/contracts';

export interface TopicDefinition {
  readonly name: string;
  /** May grow later; records of a key published before and after are then no longer in one order. */
  readonly partitions: number;
  /** Records are kept at least this long, and in PostgreSQL longer while a group has not read them. */
  readonly retentionHours: number;
  /** Kafka only: copies of every record, as far as there are brokers. Default 3. */
  readonly replication?: number;
  /** Kafka only: the newest record of every key may be kept alone once it is old. Default false. */
  readonly isCompacted?: boolean;
  /** Kafka only: the largest record. Default 1 MiB. */
  readonly maxMessageBytes?: number;
}

const week = 7 * 24;
const forever = 100 * 365 * 24;

/** Every topic of the product. Events are in the event store and readings in the time series, so the bus forgets early. */
const definitions: Record<Topic, Omit<TopicDefinition, 'name'>> = {
  [TOPICS.readings]: { partitions: 4, retentionHours: 2 },
  [TOPICS.refused]: { partitions: 2, retentionHours: week },
  [TOPICS.gridEvents]: { partitions: 4, retentionHours: forever },
  [TOPICS.deviceEvents]: { partitions: 4, retentionHours: forever },
  [TOPICS.alertingEvents]: { partitions: 4, retentionHours: forever },
  [TOPICS.caseEvents]: { partitions: 4, retentionHours: forever },
  [TOPICS.evaluationEvents]: { partitions: 4, retentionHours: forever },
  [TOPICS.auditEvents]: { partitions: 1, retentionHours: forever },
  [TOPICS.workload]: { partitions: 2, retentionHours: week, isCompacted: true },
};

export const topicCatalogue: readonly TopicDefinition[] = Object.entries(definitions).map(([name, definition]) => ({
  name,
  ...definition,
}));

export const deadLettersTopic = 'bus.dead-letters';
export const replaysTopic = 'bus.replays';

/**
 * What the bus itself keeps in Kafka; PostgreSQL has a table for it. One partition each, because its offset is the
 * id of a dead letter. A letter holds a record of any size together with its error.
 */
export const deadLetterTopics: readonly TopicDefinition[] = [
  { name: deadLettersTopic, partitions: 1, retentionHours: forever, maxMessageBytes: 4 * 1024 * 1024 },
  { name: replaysTopic, partitions: 1, retentionHours: forever, maxMessageBytes: 4 * 1024 * 1024 },
];
