import { randomUUID } from 'node:crypto';
import { END, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { DomainError, type StoredEvent } from '@brain/contracts';
import { findRepeat } from '../find-repeat.js';
import { StreamConflict, type AppendResult, type StreamAppend } from '../event-store.port.js';
import { eventDataOf, wasWrittenBy, type ReadRecord } from './event-record.js';
import { ownEventOf, pageBack, pageFrom } from './read-stream.js';
import type { ReadBack } from './read-back.js';
import type { StoreConnection } from './store-connection.js';
import { truncatedStream } from '../watched/record-fault.js';
import { LAST_PAGE, type StreamTails } from './stream-tails.js';

/** What an append needs of its store. */
export interface AppendParts {
  readonly connection: StoreConnection;
  readonly tails: StreamTails;
  readonly readBack: ReadBack;
}

interface KnownStream {
  /** Its last ones; none are known of a stream that was only just seen with other ids. */
  readonly events: readonly StoredEvent[];
  /** Last revision; null: no such stream. */
  readonly head: number | null;
}

const NEW_STREAM: KnownStream = { events: [], head: null };

/**
 * The server recognises a repeat only at the place it is asked to write to, and 'any' only for a while. So the
 * decision is ours, against the last page of the stream; the server then writes only if the stream still stands there.
 * @throws DomainError STREAM_FOREIGN_EVENT, STREAM_TRUNCATED
 */
export async function appendToStream(parts: AppendParts, append: StreamAppend): Promise<AppendResult> {
  const { streamId, expectedRevision, events } = append;
  requireSource(append);
  const appendId = randomUUID();
  let known = asJustSeen(parts.tails, append) ?? (await readLastPage(parts, append));
  for (let isFirst = true; ; isFirst = false) {
    const repeat = findRepeat([append], new Map(known.events.map((event) => [event.eventId, event])));
    if (repeat !== undefined) return { events: repeat, repeated: true };
    if (!isExpected(append, known.head) || (!isFirst && expectedRevision !== 'any')) {
      throw new StreamConflict(streamId, expectedRevision, known.head);
    }
    if (events.length === 0) return { events: [], repeated: false };
    const written = await writeAfter(parts, append, known.head, appendId);
    if (written !== undefined) return resultOf(parts.tails, append, written, appendId, known.head);
    known = await readLastPage(parts, append);
  }
}

/** The server filters by type: an event whose type does not begin with its source would never be found again. */
function requireSource({ events }: StreamAppend): void {
  const stray = events.find(({ type, metadata }) => !type.startsWith(`${metadata.source}.`));
  if (stray === undefined) return;
  throw new DomainError('EVENT_DATA_INVALID', `The type ${stray.type} does not begin with its source ${stray.metadata.source}`);
}

function isExpected({ expectedRevision }: StreamAppend, head: number | null): boolean {
  return expectedRevision === 'any' || (expectedRevision === 'none' ? head === null : head === expectedRevision);
}

/** Undefined: it has to be read. */
function asJustSeen(tails: StreamTails, { streamId, expectedRevision, events }: StreamAppend): KnownStream | undefined {
  if (events.length === 0) return undefined;
  if (expectedRevision === 'none') return NEW_STREAM;
  const tail = tails.of(streamId);
  if (tail === undefined || (expectedRevision !== 'any' && expectedRevision !== tail.head)) return undefined;
  return events.some(({ eventId }) => tail.ids.includes(eventId)) ? undefined : { events: [], head: tail.head };
}

/** What stands in the stream where we wrote; undefined when the stream has moved on. */
async function writeAfter({ connection, readBack }: AppendParts, append: StreamAppend, head: number | null, appendId: string) {
  const { streamId, events } = append;
  const data = events.map((event) => eventDataOf(event, appendId));
  const expectedRevision = head === null ? NO_STREAM : BigInt(head);
  try {
    const { nextExpectedRevision: last, position } = await connection.call((client) =>
      client.appendToStream(streamId, data, { ...connection.appendOptions, expectedRevision }),
    );
    return await readBack.of({ streamId, from: Number(last) - events.length + 1, count: events.length, last: position });
  } catch (error) {
    if (error instanceof WrongExpectedVersionError) return undefined;
    throw error;
  }
}

function resultOf(tails: StreamTails, append: StreamAppend, written: readonly ReadRecord[], appendId: string, head: number | null): AppendResult {
  const { streamId } = append;
  const events = written.map(ownEventOf);
  if (written.every((record) => wasWrittenBy(record, appendId))) {
    if (head === null && events[0]?.revision !== 0) throw truncatedStream(streamId);
    tails.extend(streamId, head, events.map(({ eventId }) => eventId));
    return { events, repeated: false };
  }
  // Somebody else had stored the same ids there: the server took ours for a repeat. Are they?
  const repeat = findRepeat([append], new Map(events.map((event) => [event.eventId, event])));
  if (repeat === undefined) throw new DomainError('EVENT_STORE_UNAVAILABLE', 'The server confirmed events that it does not give back');
  return { events: repeat, repeated: true };
}

/** With what stands where this very append would have written before, should that be further back. */
async function readLastPage({ connection, tails }: AppendParts, { streamId, expectedRevision, events }: StreamAppend): Promise<KnownStream> {
  const page = await pageBack(connection, streamId, END, LAST_PAGE);
  if (page === undefined) return NEW_STREAM;
  const [last, oldest] = [page[0], page.at(-1)];
  if (last === undefined || oldest === undefined || (page.length < LAST_PAGE && oldest.revision !== 0n)) throw truncatedStream(streamId);
  const records = [...page].reverse();
  tails.note(streamId, Number(last.revision), records.map(({ id }) => id));
  const before = expectedRevision === 'any' ? Infinity : expectedRevision === 'none' ? 0 : expectedRevision + 1;
  const further = before < Number(oldest.revision) ? await pageFrom(connection, streamId, before, events.length) : undefined;
  return { events: [...(further ?? []), ...records].map(ownEventOf), head: Number(last.revision) };
}
