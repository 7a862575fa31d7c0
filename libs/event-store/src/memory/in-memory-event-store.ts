import type { StoredEvent } from '@brain/contracts';
import {
  START_POSITION,
  StreamConflict,
  type AppendResult,
  type EventStore,
  type ReadAllOptions,
  type StorePart,
  type StreamAppend,
  type TailBatch,
  type TailOptions,
} from '../event-store.port.js';
import { refuseTooLarge } from '../append-limit.js';
import { findRepeat } from '../find-repeat.js';
import { Wakeups } from '../wakeups.js';

/** The whole record in an array. For tests; passes the same conformance suite as the real ones. */
export class InMemoryEventStore implements EventStore {
  readonly appendsToSeveralStreams = true;
  private readonly log: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly byId = new Map<string, StoredEvent>();
  private readonly wakeups = new Wakeups();
  private id: string | undefined;

  constructor(private readonly now: () => string = () => new Date().toISOString()) {}

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    await Promise.resolve(); // no caller may count on an answer in the same turn
    refuseTooLarge(appends);
    const repeat = findRepeat(appends, this.byId);
    if (repeat !== undefined) return { events: repeat, repeated: true };

    const events = this.decideAll(appends);
    for (const event of events) this.keep(event);
    if (events.length > 0) this.wakeups.wake(events.map(({ type, metadata }) => ({ type, source: metadata.source })));
    return { events, repeated: false };
  }

  async *readStream(streamId: string, options: { readonly fromRevision?: number } = {}): AsyncIterable<StoredEvent> {
    await Promise.resolve();
    yield* (this.streams.get(streamId) ?? []).slice(options.fromRevision ?? 0);
  }

  async *readStreamBackwards(streamId: string, options: { readonly limit?: number } = {}): AsyncIterable<StoredEvent> {
    await Promise.resolve();
    yield* [...(this.streams.get(streamId) ?? [])].reverse().slice(0, options.limit);
  }

  async *readAll(options: ReadAllOptions): AsyncIterable<StoredEvent> {
    await Promise.resolve();
    yield* this.log.slice(this.indexAfter(options.after)).filter((event) => isWanted(event, options));
  }

  async *tail(options: TailOptions): AsyncIterable<TailBatch> {
    const { signal, batchSize = 500 } = options;
    const waiter = this.wakeups.waiter(options);
    let { after } = options;
    try {
      while (!signal.aborted) {
        const looked = this.log.slice(this.indexAfter(after), this.indexAfter(after) + batchSize);
        const last = looked.at(-1);
        if (last === undefined) {
          if (isReached(after, options)) return;
          await waiter.wait(500, signal);
          continue;
        }
        after = last.position;
        yield { events: looked.filter((event) => isWanted(event, options)), position: after };
      }
    } finally {
      waiter.close();
    }
  }

  headPosition(): Promise<string> {
    return Promise.resolve(this.newest());
  }

  newestPosition(): Promise<string> {
    return Promise.resolve(this.newest());
  }

  storeId(): Promise<string | undefined> {
    return Promise.resolve(this.id);
  }

  nameStore(storeId: string): Promise<string> {
    this.id ??= storeId;
    return Promise.resolve(this.id);
  }

  knowsUpTo(): void {
    // it knows its end
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** All or nothing: nothing is kept before every stream has agreed. */
  private decideAll(appends: readonly StreamAppend[]): StoredEvent[] {
    const heads = new Map<string, number>();
    const recordedAt = this.now();
    const events: StoredEvent[] = [];
    for (const { streamId, expectedRevision, events: added } of appends) {
      const head = heads.get(streamId) ?? (this.streams.get(streamId)?.length ?? 0) - 1;
      const expected = expectedRevision === 'none' ? -1 : expectedRevision;
      if (expected !== 'any' && expected !== head) {
        throw new StreamConflict(streamId, expectedRevision, head < 0 ? null : head);
      }
      for (const [index, { eventId, type, data, metadata }] of added.entries()) {
        const position = String(this.log.length + events.length + 1).padStart(20, '0');
        const plain = JSON.parse(JSON.stringify({ data, metadata })) as Pick<StoredEvent, 'data' | 'metadata'>;
        events.push({ eventId, streamId, revision: head + 1 + index, position, type, ...plain, recordedAt });
      }
      heads.set(streamId, head + added.length);
    }
    return events;
  }

  private keep(event: StoredEvent): void {
    this.log.push(event);
    this.byId.set(event.eventId, event);
    const stream = this.streams.get(event.streamId);
    if (stream === undefined) this.streams.set(event.streamId, [event]);
    else stream.push(event);
  }

  private newest(): string {
    return this.log.at(-1)?.position ?? START_POSITION;
  }

  private indexAfter(position: string): number {
    return Number(position); // positions count from 1; START_POSITION is 0
  }
}

function isWanted(event: StoredEvent, { until, types, source }: StorePart): boolean {
  if (until !== undefined && event.position > until) return false;
  if (types !== undefined && !types.includes(event.type)) return false;
  return source === undefined || event.metadata.source === source;
}

function isReached(position: string, { until }: StorePart): boolean {
  return until !== undefined && position >= until;
}
