import { BACKWARDS, END, FORWARDS } from '@eventstore/db-client';
import { DomainError, type StoredEvent } from '@brain/contracts';
import { refuseTooLarge } from '../append-limit.js';
import type { AppendResult, EventStore, ReadAllOptions, StreamAppend, TailBatch, TailOptions } from '../event-store.port.js';
import { appendToStream } from './append-to-stream.js';
import { storedEventOf } from './event-record.js';
import { readAllUntil, tailAll } from './follow-all.js';
import { readHead } from './read-head.js';
import { StoreConnection, type StoreConnectionOptions } from './store-connection.js';
import { Turns } from './turns.js';

export type EventStoreDbEventStoreOptions = StoreConnectionOptions;

const PAGE = 1_000;
const PATIENCE_MS = 30_000;

/** The record on EventStoreDB 23.10 or newer, or KurrentDB. One append writes to one stream. */
export class EventStoreDbEventStore implements EventStore {
  readonly appendsToSeveralStreams = false;
  private readonly connection: StoreConnection;
  private readonly unchecked = new Turns();

  constructor(options: EventStoreDbEventStoreOptions) {
    this.connection = new StoreConnection(options);
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    refuseTooLarge(appends);
    const [append, ...more] = appends;
    if (append === undefined) return { events: [], repeated: false };
    if (more.length === 0) return this.appendToOne(append);
    throw new DomainError('APPEND_TO_SEVERAL_STREAMS', 'EventStoreDB has no transaction over several streams: append to one');
  }

  async *readStream(streamId: string, options: { readonly fromRevision?: number } = {}): AsyncIterable<StoredEvent> {
    for (let from = options.fromRevision ?? 0; ; from += PAGE) {
      const fromRevision = BigInt(from);
      const page = await this.connection.page((client) =>
        client.readStream(streamId, { direction: FORWARDS, fromRevision, maxCount: PAGE, requiresLeader: true }),
      );
      yield* page.flatMap((record) => storedEventOf(record) ?? []);
      if (page.length < PAGE) return;
    }
  }

  async *readStreamBackwards(streamId: string, options: { readonly limit?: number } = {}): AsyncIterable<StoredEvent> {
    let { limit: left = Number.MAX_SAFE_INTEGER } = options;
    for (let from: bigint | typeof END = END; left > 0; left -= PAGE) {
      const fromRevision = from;
      const maxCount = Math.min(left, PAGE);
      const page = await this.connection.page((client) =>
        client.readStream(streamId, { direction: BACKWARDS, fromRevision, maxCount, requiresLeader: true }),
      );
      yield* page.flatMap((record) => storedEventOf(record) ?? []);
      const last = page.at(-1)?.revision;
      if (last === undefined || page.length < maxCount || last === 0n) return;
      from = last - 1n;
    }
  }

  readAll(options: ReadAllOptions): AsyncIterable<StoredEvent> {
    return readAllUntil(this.connection, options, PATIENCE_MS);
  }

  tail(options: TailOptions): AsyncIterable<TailBatch> {
    return tailAll(this.connection, options);
  }

  headPosition(): Promise<string> {
    return readHead(this.connection);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Without a check two of us would only make each other try again. */
  private appendToOne(append: StreamAppend): Promise<AppendResult> {
    const work = () => appendToStream(this.connection, append);
    return append.expectedRevision === 'any' ? this.unchecked.take(append.streamId, work) : work();
  }
}
