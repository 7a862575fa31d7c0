import type { StoredEvent } from '@brain/contracts';
import { sha256 } from '../hashing/sha256.js';
import { MAX_ENTRY_BYTES } from '../tiles/entry-bundle.js';
import { LogFault } from '../log-fault.js';
import { canonicalJson } from './canonical-json.js';

/** An event as the log knows it. A position means nothing on another server; the index in the log is the order. */
export type LoggedEvent = Omit<StoredEvent, 'position'>;

/**
 * The entry of an event: its canonical JSON (RFC 8785) without `position`, in UTF-8. When that has more bytes than a
 * tile takes, the entry names the event and carries `length` and `sha256` of that same JSON instead of data and
 * metadata. Which of the two it is follows from the event alone, so a verifier that holds the event computes the entry.
 */
export function entryOf(event: LoggedEvent): Buffer {
  const { eventId, streamId, revision, type, data, metadata, recordedAt } = event;
  const whole = Buffer.from(canonicalJson({ eventId, streamId, revision, type, data, metadata, recordedAt }), 'utf8');
  if (whole.length <= MAX_ENTRY_BYTES) return whole;
  const digest = { eventId, streamId, revision, type, recordedAt, length: whole.length, sha256: sha256(whole).toString('hex') };
  const entry = Buffer.from(canonicalJson(digest), 'utf8');
  if (entry.length > MAX_ENTRY_BYTES) throw new LogFault('ENTRY_TOO_LARGE', `The names of event ${eventId} alone exceed an entry`);
  return entry;
}
