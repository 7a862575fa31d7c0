import type { StoredEvent } from '@brain/contracts';
import type { AppendResult, EventStore, ReadAllOptions, StreamAppend, TailBatch, TailOptions } from '../event-store.port.js';
import { foreignEvent, isRecordFault, isWholeEvent, type FoundFault } from './record-fault.js';

/**
 * Stands before any adapter: what others have put into the store stops nobody. An event that lacks what every event has
 * is set aside wherever all streams are read, and a stream with such an event is refused to who reads that stream; each
 * is told. The same thing is told as often as it is met.
 */
export class WatchedEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly onFault: (fault: FoundFault) => void,
  ) {}

  get appendsToSeveralStreams(): boolean {
    return this.store.appendsToSeveralStreams;
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    try {
      return await this.store.append(appends);
    } catch (error) {
      throw this.told(error);
    }
  }

  readStream(streamId: string, options?: { readonly fromRevision?: number }): AsyncIterable<StoredEvent> {
    return this.wholeStream(this.store.readStream(streamId, options));
  }

  readStreamBackwards(streamId: string, options?: { readonly limit?: number }): AsyncIterable<StoredEvent> {
    return this.wholeStream(this.store.readStreamBackwards(streamId, options));
  }

  async *readAll(options: ReadAllOptions): AsyncIterable<StoredEvent> {
    for await (const event of this.store.readAll(options)) if (this.isTaken(event)) yield event;
  }

  async *tail(options: TailOptions): AsyncIterable<TailBatch> {
    for await (const { events, position } of this.store.tail(options)) {
      yield { events: events.every(isWholeEvent) ? events : events.filter((event) => this.isTaken(event)), position };
    }
  }

  headPosition(): Promise<string> {
    return this.store.headPosition();
  }

  newestPosition(): Promise<string> {
    return this.store.newestPosition();
  }

  storeId(): Promise<string | undefined> {
    return this.store.storeId();
  }

  nameStore(storeId: string): Promise<string> {
    return this.store.nameStore(storeId);
  }

  knowsUpTo(position: string): void {
    this.store.knowsUpTo(position);
  }

  ping(): Promise<void> {
    return this.store.ping();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private isTaken(event: StoredEvent): boolean {
    if (isWholeEvent(event)) return true;
    this.onFault({ code: 'EVENT_SET_ASIDE', streamId: event.streamId, revision: event.revision });
    return false;
  }

  private async *wholeStream(events: AsyncIterable<StoredEvent>): AsyncIterable<StoredEvent> {
    try {
      for await (const event of events) {
        if (!isWholeEvent(event)) throw foreignEvent(event.streamId, event.revision);
        yield event;
      }
    } catch (error) {
      throw this.told(error);
    }
  }

  private told(error: unknown): unknown {
    if (isRecordFault(error)) this.onFault({ code: error.code, streamId: error.streamId, revision: error.revision });
    return error;
  }
}
