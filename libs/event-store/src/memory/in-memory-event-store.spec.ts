import { rawWriter } from '../conformance/event-store-harness.js';
import { describeEventStore } from '../conformance/event-store.conformance.js';
import { InMemoryEventStore } from './in-memory-event-store.js';

describeEventStore('InMemoryEventStore', () => {
  const store = new InMemoryEventStore();
  return Promise.resolve({ store, another: () => store, writeRaw: rawWriter(store), close: () => store.close() });
});
