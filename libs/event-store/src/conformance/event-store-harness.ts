import { afterAll, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EventStore, NewEvent } from '../event-store.port.js';

/** What an adapter brings to the conformance suite: one empty record. */
export interface EventStoreHarness {
  readonly store: EventStore;
  /** Another instance over the same record, as another process would have; may be the same object in memory. */
  readonly another: () => EventStore;
  /** Puts an event into the store past the adapter, as another program would. */
  readonly writeRaw: (streamId: string, event: RawEvent) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Anything at all. */
export interface RawEvent {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** For a store that takes whatever it is given. */
export function rawWriter(store: EventStore): EventStoreHarness['writeRaw'] {
  return async (streamId, event) => {
    await store.append([{ streamId, expectedRevision: 'any', events: [{ eventId: randomUUID(), ...event } as NewEvent] }]);
  };
}

export type OpenEventStore = () => Promise<EventStoreHarness>;

/** One record for all tests of a `describe`: opened before the first, closed after the last, to be asked for within them. */
export function oneRecord(open: OpenEventStore): Pick<EventStoreHarness, 'store' | 'another' | 'writeRaw'> {
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
    writeRaw: (streamId, event) => opened().writeRaw(streamId, event),
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
