import { afterAll, beforeAll } from '@jest/globals';
import type { EventStore } from '../event-store.port.js';

/** What an adapter brings to the conformance suite: one empty record. */
export interface EventStoreHarness {
  readonly store: EventStore;
  /** Another instance over the same record, as another process would have; may be the same object in memory. */
  readonly another: () => EventStore;
  readonly close: () => Promise<void>;
}

export type OpenEventStore = () => Promise<EventStoreHarness>;

/** One record for all tests of a `describe`: opened before the first, closed after the last, to be asked for within them. */
export function oneRecord(open: OpenEventStore): Pick<EventStoreHarness, 'store' | 'another'> {
  let harness: EventStoreHarness | undefined;
  beforeAll(async () => {
    harness = await open();
  });
  afterAll(() => harness?.close());
  const opened = (): EventStoreHarness => {
    if (harness === undefined) throw new Error('The record is open only while tests run');
    return harness;
  };
  return {
    get store() {
      return opened().store;
    },
    another: () => opened().another(),
  };
}

/** What some adapters promise beyond what all do. */
export interface BeyondTheCore {
  /** One append to several streams is atomic over all of them. */
  readonly severalStreams: boolean;
  /** An event id that another stream has is refused. */
  readonly idsUniqueInStore: boolean;
  /** `open` gives an empty record; a server that is shared with others does not. */
  readonly opensEmpty: boolean;
}
