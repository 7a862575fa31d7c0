import { randomUUID } from 'node:crypto';
import { FORWARDS, NO_STREAM, START, WrongExpectedVersionError } from '@eventstore/db-client';
import { DomainError, type StoredEvent } from '@brain/contracts';
import { findRepeat } from '../find-repeat.js';
import { StreamConflict, type AppendResult, type StreamAppend } from '../event-store.port.js';
import { eventDataOf, storedEventOf, wasWrittenBy, type ReadRecord } from './event-record.js';
import type { StoreConnection } from './store-connection.js';

interface KnownStream {
  readonly events: readonly StoredEvent[];
  /** Last revision; null: no such stream. */
  readonly head: number | null;
}

const NEW_STREAM: KnownStream = { events: [], head: null };

/**
 * The server recognises a repeat only at the place it is asked to write to, and 'any' only for a while. So the
 * decision is ours, against what the stream holds; the server then writes only if the stream still holds just that.
 */
export async function appendToStream(connection: StoreConnection, append: StreamAppend): Promise<AppendResult> {
  const { streamId, expectedRevision, events } = append;
  requireSource(append);
  const appendId = randomUUID();
  const isNew = expectedRevision === 'none' && events.length > 0;
  let known = isNew ? NEW_STREAM : await readKnown(connection, streamId);
  for (let isFirst = true; ; isFirst = false) {
    const repeat = findRepeat([append], new Map(known.events.map((event) => [event.eventId, event])));
    if (repeat !== undefined) return { events: repeat, repeated: true };
    if (!isExpected(append, known.head) || (!isFirst && expectedRevision !== 'any')) {
      throw new StreamConflict(streamId, expectedRevision, known.head);
    }
    if (events.length === 0) return { events: [], repeated: false };
    const written = await writeAfter(connection, append, known.head, appendId);
    if (written !== undefined) return resultOf(append, written, appendId);
    known = await readKnown(connection, streamId);
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

/** What stands in the stream where we wrote; undefined when the stream has moved on. */
async function writeAfter(connection: StoreConnection, append: StreamAppend, head: number | null, appendId: string) {
  const { streamId, events } = append;
  const data = events.map((event) => eventDataOf(event, appendId));
  const expectedRevision = head === null ? NO_STREAM : BigInt(head);
  try {
    const { nextExpectedRevision: last } = await connection.call((client) =>
      client.appendToStream(streamId, data, { ...connection.appendOptions, expectedRevision }),
    );
    const fromRevision = last - BigInt(events.length - 1);
    return await connection.page((client) =>
      client.readStream(streamId, { direction: FORWARDS, fromRevision, maxCount: events.length, requiresLeader: true }),
    );
  } catch (error) {
    if (error instanceof WrongExpectedVersionError) return undefined;
    throw error;
  }
}

function resultOf(append: StreamAppend, written: readonly ReadRecord[], appendId: string): AppendResult {
  const events = written.flatMap((record) => storedEventOf(record) ?? []);
  if (written.every((record) => wasWrittenBy(record, appendId))) return { events, repeated: false };
  // Somebody else had stored the same ids there: the server took ours for a repeat. Are they?
  const repeat = findRepeat([append], new Map(events.map((event) => [event.eventId, event])));
  if (repeat === undefined) throw new DomainError('EVENT_STORE_UNAVAILABLE', 'The server confirmed events that it does not give back');
  return { events: repeat, repeated: true };
}

async function readKnown(connection: StoreConnection, streamId: string): Promise<KnownStream> {
  const records = await connection.page((client) => client.readStream(streamId, { direction: FORWARDS, fromRevision: START, requiresLeader: true }));
  const last = records.at(-1);
  return { events: records.flatMap((record) => storedEventOf(record) ?? []), head: last === undefined ? null : Number(last.revision) };
}
