import type { StoredEvent } from '@brain/contracts';

/** The event that a reader has come to: it tells one store from another, and a store from an older copy of it. */
export type NewestEvent = Pick<StoredEvent, 'eventId' | 'streamId' | 'revision' | 'position'>;

/** As it is kept beside a position; null where nothing was read. */
export function newestOf(events: readonly StoredEvent[]): NewestEvent | null {
  const last = events.at(-1);
  if (last === undefined) return null;
  const { eventId, streamId, revision, position } = last;
  return { eventId, streamId, revision, position };
}
