import type { EventStore } from '../event-store.port.js';

/** What an adapter brings to the conformance suite: one empty record. */
export interface EventStoreHarness {
  readonly store: EventStore;
  /** Another instance over the same record, as another process would have; may be the same object in memory. */
  readonly another: () => EventStore;
  readonly close: () => Promise<void>;
}

export type OpenEventStore = () => Promise<EventStoreHarness>;
