import { applyTopics, KafkaMessageBus } from '@brain/message-bus/kafka';
import { conformanceTopics, messageBusConformance } from '@brain/message-bus/conformance';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { brokerKilled } from './broker-killed.fixture.js';
import { brokerRestarted } from './broker-restarted.fixture.js';
import { kafkaEngines, kafkaLines, testNamespace, type KafkaUnderTest } from './kafka-under-test.js';
import { refusals } from './refusals.fixture.js';

let made = 0;

describe.each(kafkaEngines())('$name', ({ name, start }) => {
  let kafka: KafkaUnderTest;
  beforeAll(async () => {
    kafka = await start();
  });
  afterAll(() => kafka.stop());

  messageBusConformance(`the bus on ${name}`, async () => {
    const namespace = `${testNamespace}-${String((made += 1))}`;
    const options = { brokers: kafka.brokers, namespace, topics: conformanceTopics };
    await applyTopics(options);
    const bus = new KafkaMessageBus({ ...options, batchBytes: 4_096, readAhead: { records: 100, bytes: 2_048 } });
    const other = new KafkaMessageBus(options);
    return {
      bus,
      other,
      readAhead: () => bus.readAhead,
      readAheadLimit: 300, // what it held when it asked for more, and then whole batches
      stop: () => Promise.all([bus.close(), other.close()]).then(() => undefined),
    };
  });
});

// A server that was there before us is neither killed nor locked.
if (process.env['BRAIN_ENGINE_URL'] === undefined) {
  for (const version of kafkaLines()) {
    brokerRestarted(version);
    refusals(version);
  }
  brokerKilled();
}
