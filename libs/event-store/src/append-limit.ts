import { DomainError } from '@brain/contracts';
import type { NewEvent, StreamAppend } from './event-store.port.js';

/**
 * The most that one append may write to one stream, whichever engine stands behind: EventStoreDB takes 1 MiB at once
 * and a topic of Kafka 1 MiB a record, and what they add to an event that fills it stays within the difference. An
 * event that was stored and could not be published would hold up all that come after it.
 */
export const APPEND_MAX_BYTES = 1024 * 1024 - 16 * 1024;

/** Ids and names that engines keep beside each event. */
const BESIDE_EACH_EVENT = 256;

type Sized = Pick<NewEvent, 'type' | 'data' | 'metadata'>;

/** What these events take of `APPEND_MAX_BYTES`. */
export function appendBytes(events: readonly Sized[]): number {
  return events.reduce((sum, event) => sum + eventBytes(event), 0);
}

/** Asked by every adapter before anything is written. */
export function refuseTooLarge(appends: readonly StreamAppend[]): void {
  for (const { streamId, events } of appends) {
    const bytes = appendBytes(events);
    if (bytes > APPEND_MAX_BYTES) throw tooLarge(streamId, bytes);
  }
}

function tooLarge(streamId: string, bytes: number): DomainError {
  const limit = `at most ${String(APPEND_MAX_BYTES)} bytes are stored at once`;
  return new DomainError('EVENT_TOO_LARGE', `What is to be recorded in ${streamId} has ${String(bytes)} bytes, and ${limit}`);
}

function eventBytes({ type, data, metadata }: Sized): number {
  return BESIDE_EACH_EVENT + Buffer.byteLength(type) + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
}
