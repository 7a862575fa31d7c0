import kafkajs, { type Admin } from 'kafkajs';
import { existingTopics, wantedTopics, type ApplyTopicsOptions } from './apply-topics.js';
import { kafkaClient } from './kafka-connection.js';
import { busError, originOf, protocolType } from './kafka-errors.js';
import { planTopics, type TopicStep } from './topic-plan.js';

/** A cluster as somebody sees it who wants to know whether the bus can run on it. Nothing is changed. */
export interface KafkaFacts {
  readonly brokers: number;
  /** What `applyTopics` would do; none when every topic is as the catalogue says. */
  readonly steps: readonly TopicStep[];
  /** Settings of the controlling broker; null when this user may not read them. */
  readonly settings: Readonly<Record<string, string>> | null;
}

// Node finds no named export of that name in kafkajs, which is CommonJS.
const { ConfigResourceTypes } = kafkajs;

/** Reads topics and settings of a cluster. Rejects with BUS_UNAVAILABLE or BUS_REFUSED as the bus does. */
export async function inspectCluster(options: ApplyTopicsOptions): Promise<KafkaFacts> {
  const wanted = wantedTopics(options);
  const admin = kafkaClient(options).admin();
  try {
    await admin.connect();
    const { brokers, controller } = await admin.describeCluster();
    const steps = planTopics(wanted, await existingTopics(admin, wanted), brokers.length);
    return { brokers: brokers.length, steps, settings: await settingsOf(admin, controller ?? brokers[0]?.nodeId ?? 0) };
  } catch (error) {
    throw busError(error);
  } finally {
    await admin.disconnect();
  }
}

async function settingsOf(admin: Admin, broker: number): Promise<KafkaFacts['settings']> {
  try {
    const resources = [{ type: ConfigResourceTypes.BROKER, name: String(broker) }];
    const described = await admin.describeConfigs({ resources, includeSynonyms: false });
    const entries = described.resources.flatMap(({ configEntries }) => configEntries);
    return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
  } catch (error) {
    if (protocolType(originOf(error))?.endsWith('_AUTHORIZATION_FAILED') === true) return null;
    throw error;
  }
}
