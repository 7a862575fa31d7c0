import { afterAll, beforeAll, describe } from '@jest/globals';
import { theWayThrough } from '@brain/test-e2e/way-through';
import { EventStoreDbServer } from '../eventstoredb/eventstoredb-server.js';
import { startKafka, type KafkaServer } from '../kafka/kafka-server.js';

/** The very test of the embedded engines; nothing differs but the environment. */
describe('the product with its bus on Kafka and its events in EventStoreDB', () => {
  let kafka: KafkaServer;
  let store: EventStoreDbServer;
  beforeAll(async () => {
    [kafka, store] = await Promise.all([startKafka({ version: '4' }), new EventStoreDbServer().start()]);
  });
  afterAll(async () => {
    store.stop();
    await kafka.stop();
  });

  theWayThrough(() => ({
    env: {
      BRAIN_BUS: 'kafka',
      BRAIN_KAFKA_BROKERS: kafka.brokers.join(','),
      BRAIN_EVENT_STORE: 'eventstoredb',
      BRAIN_EVENTSTOREDB_URL: store.url,
    },
  }));
});
