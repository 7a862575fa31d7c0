import type { StoredEvent } from '@brain/contracts';
import type { AppendResult, EventStore, ReadAllOptions, StreamAppend, TailBatch, TailOptions } from '../event-store.port.js';
import { inChunks } from '../rebuild/in-chunks.js';
import type { PersonalData } from './personal-data.js';

const CHUNK = 500;

/** The store as the product works with it: what it appends is stored with the personal values encrypted, what it reads is decrypted. */
export class SealingEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly personalData: PersonalData,
  ) {}

  get appendsToSeveralStreams(): boolean {
    return this.store.appendsToSeveralStreams;
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    const sealed = await this.personalData.seal(appends);
    const { events, repeated } = await this.store.append(sealed);
    return { events: await this.personalData.reveal(events), repeated };
  }

  readStream(streamId: string, options?: { readonly fromRevision?: number }): AsyncIterable<StoredEvent> {
    return this.revealed(this.store.readStream(streamId, options));
  }

  readStreamBackwards(streamId: string, options?: { readonly limit?: number }): AsyncIterable<StoredEvent> {
    return this.revealed(this.store.readStreamBackwards(streamId, options));
  }

  readAll(options: ReadAllOptions): AsyncIterable<StoredEvent> {
    return this.revealed(this.store.readAll(options));
  }

  async *tail(options: TailOptions): AsyncIterable<TailBatch> {
    for await (const { events, position } of this.store.tail(options)) {
      yield { events: await this.personalData.reveal(events), position };
    }
  }

  headPosition(): Promise<string> {
    return this.store.headPosition();
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

  newestPosition(): Promise<string> {
    return this.store.newestPosition();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** Many at a time: their keys are looked up together. */
  private async *revealed(events: AsyncIterable<StoredEvent>): AsyncIterable<StoredEvent> {
    for await (const chunk of inChunks(events, CHUNK)) yield* await this.personalData.reveal(chunk);
  }
}
