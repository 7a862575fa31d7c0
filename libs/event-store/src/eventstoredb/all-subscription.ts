import type { AllStreamResolvedEvent, AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client';
import type { StoredEvent } from '@brain/contracts';
import type { StorePart } from '../event-store.port.js';
import { later, positionOf, textOf } from './all-position.js';
import { recordPosition, storedEventOf } from './event-record.js';
import { isWanted, typeFilter, type WantedTypes } from './type-filter.js';

export interface AllSubscriptionOptions extends Pick<StorePart, 'after'>, WantedTypes {
  /** Known to be in the store when the subscription begins: reached once the server says it has given all. */
  readonly head: string;
}

export interface Look {
  readonly events: readonly StoredEvent[];
  readonly position: string;
}

const BUFFERED_EVENTS = 512;

/** One subscription to `$all`, from one position until it breaks. Events are taken out of it, so it never runs ahead. */
export class AllSubscription {
  private readonly subscription: AllStreamSubscription;
  private position: string;
  private taken = 0;
  /** What the server said between events: how far it had looked when that many had been given. */
  private readonly marks: { readonly afterTaken: number; readonly position: string }[] = [];
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(
    client: EventStoreDBClient,
    private readonly options: AllSubscriptionOptions,
  ) {
    this.position = options.after;
    const filter = typeFilter(options, { checkpointReached: (_, position) => this.mark(textOf(position)) });
    this.subscription = client.subscribeToAll(
      { fromPosition: positionOf(options.after), filter, requiresLeader: true },
      { highWaterMark: BUFFERED_EVENTS },
    );
    this.subscription
      .on('readable', () => this.wake())
      .on('caughtUp', () => this.mark(options.head))
      .on('end', () => this.fail(new Error('The server ended the subscription')))
      .on('error', (error) => this.fail(error));
  }

  /** Waits for news. Undefined when aborted; throws when the subscription is broken and all it gave is taken. */
  async next(limit: number, signal: AbortSignal): Promise<Look | undefined> {
    while (!signal.aborted) {
      const before = this.position;
      const events = this.take(limit);
      if (events.length > 0 || this.position > before) return { events, position: this.position };
      if (this.failure !== undefined) throw this.failure;
      await this.news(signal);
    }
    return undefined;
  }

  close(): void {
    this.subscription.unsubscribe().catch(() => undefined); // it may never have begun
  }

  private take(limit: number): StoredEvent[] {
    const events: StoredEvent[] = [];
    while (events.length < limit) {
      const resolved = this.subscription.read() as AllStreamResolvedEvent | null;
      if (resolved === null) break;
      this.taken += 1;
      if (resolved.event === undefined) continue;
      this.position = later(this.position, recordPosition(resolved.event));
      const event = storedEventOf(resolved.event);
      if (event !== undefined && isWanted(event, this.options)) events.push(event);
    }
    for (let mark = this.marks[0]; mark !== undefined && mark.afterTaken <= this.taken; mark = this.marks[0]) {
      this.position = later(this.position, mark.position);
      this.marks.shift();
    }
    return events;
  }

  /** The client tells of it at once, while the events before it may still wait to be taken. */
  private mark(position: string): void {
    this.marks.push({ afterTaken: this.taken + this.subscription.readableLength, position });
    this.wake();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }

  private async news(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      signal.addEventListener('abort', this.wake, { once: true });
    });
    signal.removeEventListener('abort', this.wake);
    this.wake = () => undefined;
  }
}
