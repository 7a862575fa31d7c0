import { FORWARDS, NO_STREAM, START, type ReadPosition } from '@eventstore/db-client';
import type { StoredEvent } from '@brain/contracts';
import type { CopyTarget } from '../copy/copy-record.js';
import type { ReadAllOptions } from '../event-store.port.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';
import { copiedEventDataOf, storedEventOf, type ReadRecord } from './event-record.js';
import { StoreConnection, type StoreConnectionOptions } from './store-connection.js';
import { IDENTITY_STREAM } from './store-identity.js';

const PAGE = 500;

/** An EventStoreDB of its own, that a record is copied into. */
export class EventStoreDbCopyTarget implements CopyTarget {
  readonly store: EventStoreDbEventStore;
  private readonly connection: StoreConnection;

  constructor(options: StoreConnectionOptions) {
    this.store = new EventStoreDbEventStore(options);
    this.connection = new StoreConnection(options);
  }

  readAll(options: ReadAllOptions): AsyncIterable<StoredEvent> {
    return this.store.readAll(options);
  }

  async foreignStream(): Promise<string | undefined> {
    let from: ReadPosition = START;
    for (;;) {
      const fromPosition = from;
      const page = await this.connection.page((client) => client.readAll({ direction: FORWARDS, fromPosition, maxCount: PAGE, requiresLeader: true }));
      const foreign = page.find(isForeign);
      if (foreign !== undefined) return foreign.streamId;
      const last = page.at(-1)?.position;
      if (last === undefined || page.length < PAGE) return undefined;
      from = last; // given once more, as the first of the next page
    }
  }

  /** With the revision that the stream had: what was written before an answer was lost is recognised by its place. */
  async write(events: readonly StoredEvent[]): Promise<void> {
    const [first] = events;
    if (first === undefined) return;
    const expectedRevision = first.revision === 0 ? NO_STREAM : BigInt(first.revision - 1);
    const data = events.map(copiedEventDataOf);
    await this.connection.call((client) =>
      client.appendToStream(first.streamId, data, { ...this.connection.appendOptions, expectedRevision }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.store.close(), this.connection.close()]);
  }
}

function isForeign(record: ReadRecord): boolean {
  return !record.type.startsWith('$') && record.streamId !== IDENTITY_STREAM && storedEventOf(record) === undefined;
}
