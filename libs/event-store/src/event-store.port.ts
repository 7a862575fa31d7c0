import type { EventMetadata, StoredEvent } from '@brain/contracts';

/** Before the first event of the store. Positions sort as text. */
export const START_POSITION = '';

/** An event ready to be stored: encoded, with its id chosen by the caller so that a repeat is recognised. */
export interface NewEvent {
  readonly eventId: string;
  /** Wire name, e.g. `case-management.case-opened.v1`; begins with `metadata.source`, so that a store may filter by it. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: EventMetadata;
}

/** 'none': the stream must not exist; a number: its last revision (counting from 0); 'any': no check. */
export type ExpectedRevision = number | 'none' | 'any';

export interface StreamAppend {
  readonly streamId: string;
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

export interface AppendResult {
  /** The stored events, in the order given. */
  readonly events: readonly StoredEvent[];
  /** True when every event id was already stored in its stream: nothing was written now. */
  readonly repeated: boolean;
}

/** Which part of the store. */
export interface StorePart {
  /** Exclusive; START_POSITION for the beginning. */
  readonly after: string;
  /** Inclusive upper end; absent: all that is stable now. */
  readonly until?: string;
  /** Wire names; absent: all. */
  readonly types?: readonly string[];
  /** Keep only events whose `metadata.source` is this service. */
  readonly source?: string;
}

export interface ReadAllOptions extends StorePart {
  /** How many are taken from the store at once, 1,000 by default. Fewer by who has others waiting meanwhile, more by who reads everything. */
  readonly pageSize?: number;
}

export interface TailOptions extends StorePart {
  /** Ends the tail without an error. */
  readonly signal: AbortSignal;
  /** Largest batch handed out at once. Default 500. */
  readonly batchSize?: number;
}

/** A batch of a tail. `position` is how far the tail has looked, also past events that the filter left out. */
export interface TailBatch {
  readonly events: readonly StoredEvent[];
  readonly position: string;
}

/** The record for whoever may only look: nothing can be added through it. */
export interface EventReader {
  readStream(streamId: string, options?: { readonly fromRevision?: number }): AsyncIterable<StoredEvent>;
  readAll(options: ReadAllOptions): AsyncIterable<StoredEvent>;
}

/**
 * The record. Every adapter passes one conformance suite (`@brain/event-store/conformance`).
 * - append to one stream is atomic, idempotent by event id, and refuses a wrong expected revision with
 *   `StreamConflict` carrying the actual one. An id stored at odds in that stream: `DomainError('EVENT_ID_REUSED')`.
 * - What one append writes to one stream has at most `APPEND_MAX_BYTES`; more is `DomainError('EVENT_TOO_LARGE')`, and
 *   nothing of it is stored.
 * - Several streams in one append, and ids that are unique over all streams, are more than every adapter can do
 *   (`BeyondTheCore` in the suite): the product appends to one stream, with ids made from it.
 * - `readAll` and `tail` give one total order in which nothing ever appears before something already given (G2).
 */
export interface EventStore extends EventReader {
  /** One append may write to several streams, all or nothing. False: it is refused with `APPEND_TO_SEVERAL_STREAMS`. */
  readonly appendsToSeveralStreams: boolean;
  append(appends: readonly StreamAppend[]): Promise<AppendResult>;
  /** Newest first. */
  readStreamBackwards(streamId: string, options?: { readonly limit?: number }): AsyncIterable<StoredEvent>;
  /** Follows the store for ever: what is stored, then what comes. Ends when the signal aborts. */
  tail(options: TailOptions): AsyncIterable<TailBatch>;
  /**
   * The newest stable position; START_POSITION when empty. It may stop short of an event whose append was answered,
   * while an older append is still open: `settledHead` waits for that.
   */
  headPosition(): Promise<string>;
  /** Which store this is, wherever it runs and whatever it is called; undefined: nothing of this product is in it yet. */
  storeId(): Promise<string | undefined>;
  /** Gives it an id, unless it has one. Resolves with the id it has then. */
  nameStore(storeId: string): Promise<string>;
  /** Where an event of this store is that was seen before: its newest ones are looked for from there. */
  knowsUpTo(position: string): void;
  /** Resolves when the store answers and may be read. */
  ping(): Promise<void>;
  /**
   * The newest stored position, stable or not; START_POSITION when empty. Nothing stored when this was asked comes
   * after it, so a reader that has come this far has all of it.
   */
  newestPosition(): Promise<string>;
  close(): Promise<void>;
}

/** Injection token. */
export const EVENT_STORE = Symbol('EventStore');

/** The stream moved on: read again and decide again. */
export class StreamConflict extends Error {
  constructor(
    readonly streamId: string,
    readonly expected: ExpectedRevision,
    /** null: the stream does not exist. */
    readonly actual: number | null,
  ) {
    super(`Stream ${streamId} is at revision ${String(actual ?? 'none')}, expected ${String(expected)}`);
    this.name = 'StreamConflict';
  }
}
