import { DomainError, type StoredEvent } from '@brain/contracts';
import { refuseTooLarge } from '../append-limit.js';
import type { AppendResult, EventStore, ReadAllOptions, StreamAppend, TailBatch, TailOptions } from '../event-store.port.js';
import { appendToStream, type AppendParts } from './append-to-stream.js';
import { readAllUntil, tailAll, type FollowParts } from './follow-all.js';
import { OwnHead } from './own-head.js';
import { ReadBack } from './read-back.js';
import { readStreamBack, readStreamFrom } from './read-stream.js';
import { StoreConnection, type StoreConnectionOptions } from './store-connection.js';
import { nameStore, readStoreId } from './store-identity.js';
import { StreamTails } from './stream-tails.js';
import { Turns } from './turns.js';

export interface EventStoreDbEventStoreOptions extends StoreConnectionOptions {
  /** All that `metadata.source` may be: the server leaves out the events of others. Absent: they are left out here. */
  readonly sources?: readonly string[];
}

const PATIENCE_MS = 30_000;

/** The record on EventStoreDB 23.10 or newer, or KurrentDB. One append writes to one stream. */
export class EventStoreDbEventStore implements EventStore {
  readonly appendsToSeveralStreams = false;
  private readonly connection: StoreConnection;
  private readonly parts: AppendParts & FollowParts;
  private readonly unchecked = new Turns();

  constructor(options: EventStoreDbEventStoreOptions) {
    this.connection = new StoreConnection(options);
    const { connection } = this;
    const { sources } = options;
    const head = new OwnHead(connection, sources);
    this.parts = { connection, sources, head, tails: new StreamTails(), readBack: new ReadBack(connection) };
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    refuseTooLarge(appends);
    const [append, ...more] = appends;
    if (append === undefined) return { events: [], repeated: false };
    if (more.length === 0) return this.appendToOne(append);
    throw new DomainError('APPEND_TO_SEVERAL_STREAMS', 'EventStoreDB has no transaction over several streams: append to one');
  }

  readStream(streamId: string, options: { readonly fromRevision?: number } = {}): AsyncIterable<StoredEvent> {
    return readStreamFrom(this.connection, this.parts.tails, streamId, options.fromRevision ?? 0);
  }

  readStreamBackwards(streamId: string, options: { readonly limit?: number } = {}): AsyncIterable<StoredEvent> {
    return readStreamBack(this.connection, streamId, options.limit ?? Number.MAX_SAFE_INTEGER);
  }

  readAll(options: ReadAllOptions): AsyncIterable<StoredEvent> {
    return readAllUntil(this.parts, options, PATIENCE_MS);
  }

  tail(options: TailOptions): AsyncIterable<TailBatch> {
    return tailAll(this.parts, options);
  }

  headPosition(): Promise<string> {
    return this.parts.head.position();
  }

  storeId(): Promise<string | undefined> {
    return readStoreId(this.connection);
  }

  nameStore(storeId: string): Promise<string> {
    return nameStore(this.connection, storeId);
  }

  knowsUpTo(position: string): void {
    this.parts.head.note(position);
  }

  async ping(): Promise<void> {
    await this.parts.head.end();
  }

  /** The server commits one append after the other: what is stored is stable. */
  newestPosition(): Promise<string> {
    return this.headPosition();
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Without a check two of us would only make each other try again. */
  private appendToOne(append: StreamAppend): Promise<AppendResult> {
    const work = () => appendToStream(this.parts, append);
    return append.expectedRevision === 'any' ? this.unchecked.take(append.streamId, work) : work();
  }
}
