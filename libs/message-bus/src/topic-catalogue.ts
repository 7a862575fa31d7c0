import { TOPICS, type Topic } from '@brain/contracts';

export interface TopicDefinition {
  readonly name: string;
  /** May grow later; records of a key published before and after are then no longer in one order. */
  readonly partitions: number;
  /** Records are kept at least this long, and longer while a group has not read them. */
  readonly retentionHours: number;
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
  [TOPICS.workload]: { partitions: 2, retentionHours: week },
};

export const topicCatalogue: readonly TopicDefinition[] = Object.entries(definitions).map(([name, definition]) => ({
  name,
  ...definition,
}));
