import { conformanceTopics } from '../conformance/bus-under-test.fixture.js';
import { messageBusConformance } from '../conformance/message-bus.conformance.fixture.js';
import { InMemoryMessageBus } from './in-memory-message-bus.js';

messageBusConformance('the in-memory bus', () => {
  const bus = new InMemoryMessageBus({ topics: conformanceTopics });
  return Promise.resolve({ bus, other: bus, readAhead: () => 0, readAheadLimit: 0, stop: () => bus.close() });
});
