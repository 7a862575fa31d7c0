import { Kafka, logLevel } from 'kafkajs';
import type { KafkaLine } from './kafka-jars.js';
import { startKafka } from './kafka-server.js';

export interface KafkaUnderTest {
  readonly brokers: readonly string[];
  readonly stop: () => Promise<void>;
}

export interface KafkaEngine {
  readonly name: string;
  readonly start: () => Promise<KafkaUnderTest>;
}

const LINES = ['4', '3.9'] as const satisfies readonly KafkaLine[];

/** Those of BRAIN_KAFKA_LINES (`4,3.9`); else all that are supported. */
export function kafkaLines(): readonly KafkaLine[] {
  const given = process.env['BRAIN_KAFKA_LINES']?.split(',');
  const chosen = LINES.filter((line) => given?.includes(line) ?? true);
  if (chosen.length === 0) throw new Error(`BRAIN_KAFKA_LINES is some of ${LINES.join(',')}`);
  return chosen;
}

/** The brokers of BRAIN_ENGINE_URL (`host:port,…`), or the newest of each line from Maven Central. */
export function kafkaEngines(): readonly KafkaEngine[] {
  const url = process.env['BRAIN_ENGINE_URL'];
  if (url !== undefined) return [{ name: `Kafka at ${url}`, start: () => Promise.resolve(liveKafka(url)) }];
  return kafkaLines().map((version) => ({ name: `Kafka ${version}`, start: () => startKafka({ version }) }));
}

/** Every test uses topics of its own; here they must be removed again. */
export const testNamespace = `brain-test-${String(process.pid)}`;

function liveKafka(url: string): KafkaUnderTest {
  const brokers = url.replace(/^kafka:\/\//, '').split(',');
  return { brokers, stop: () => removeTopics(brokers) };
}

async function removeTopics(brokers: readonly string[]): Promise<void> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(testNamespace));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
}
