import { BACKWARDS, END, FORWARDS } from '@eventstore/db-client';
import type { StoredEvent } from '@brain/contracts';
import { storedEventOf, type ReadRecord } from './event-record.js';
import type { StoreConnection } from './store-connection.js';
import { foreignEvent, isWholeEvent, truncatedStream } from '../watched/record-fault.js';
import { LAST_PAGE, type StreamTails } from './stream-tails.js';

const PAGE = 1_000;

/** @throws DomainError STREAM_FOREIGN_EVENT or STREAM_TRUNCATED once everything before the fault was given */
export async function* readStreamFrom(connection: StoreConnection, tails: StreamTails, streamId: string, start: number): AsyncIterable<StoredEvent> {
  let ids: string[] = [];
  for (let from = start; ; from += PAGE) {
    const page = await pageFrom(connection, streamId, from, PAGE);
    const [first] = page ?? [];
    // No such stream is one that never was; an empty one was, and has nothing left.
    if (page === undefined ? from > start : from === 0 && first === undefined) throw truncatedStream(streamId);
    if (page === undefined) return;
    if (first !== undefined && Number(first.revision) > from) throw truncatedStream(streamId);
    for (const record of page) yield ownEventOf(record);
    ids = [...ids, ...page.map(({ id }) => id)].slice(-LAST_PAGE);
    const last = page.at(-1);
    if (last !== undefined && start === 0) tails.note(streamId, Number(last.revision), ids);
    if (page.length < PAGE) return;
  }
}

/** Newest first. @throws DomainError as above */
export async function* readStreamBack(connection: StoreConnection, streamId: string, limit: number): AsyncIterable<StoredEvent> {
  let left = limit;
  for (let from: bigint | typeof END = END; left > 0; left -= PAGE) {
    const maxCount = Math.min(left, PAGE);
    const page = await pageBack(connection, streamId, from, maxCount);
    if (page === undefined) return;
    for (const record of page) yield ownEventOf(record);
    const last = page.at(-1)?.revision;
    if (last === 0n) return;
    if (last === undefined || page.length < maxCount) throw truncatedStream(streamId);
    from = last - 1n;
  }
}

/** Undefined: no such stream. */
export function pageFrom(connection: StoreConnection, streamId: string, from: number, maxCount: number): Promise<readonly ReadRecord[] | undefined> {
  const fromRevision = BigInt(from);
  return connection.streamPage((client) => client.readStream(streamId, { direction: FORWARDS, fromRevision, maxCount, requiresLeader: true }));
}

export function pageBack(
  connection: StoreConnection,
  streamId: string,
  fromRevision: bigint | typeof END,
  maxCount: number,
): Promise<readonly ReadRecord[] | undefined> {
  return connection.streamPage((client) => client.readStream(streamId, { direction: BACKWARDS, fromRevision, maxCount, requiresLeader: true }));
}

export function ownEventOf(record: ReadRecord): StoredEvent {
  const event = storedEventOf(record);
  if (event === undefined || !isWholeEvent(event)) throw foreignEvent(record.streamId, Number(record.revision));
  return event;
}
