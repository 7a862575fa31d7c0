import { DomainError, type StoredEvent } from '@brain/contracts';
import type { StreamAppend } from './event-store.port.js';

/**
 * The stored events when all of these were stored before, undefined when none was. Anything between is refused:
 * the caller's ids do not mean what the caller thinks. Data is not compared, because a redelivered command may
 * carry another `now` and still be the same command.
 */
export function findRepeat(
  appends: readonly StreamAppend[],
  stored: ReadonlyMap<string, StoredEvent>,
): readonly StoredEvent[] | undefined {
  const given = appends.flatMap(({ streamId, events }) => events.map(({ eventId, type }) => ({ streamId, eventId, type })));
  if (new Set(given.map(({ eventId }) => eventId)).size < given.length) {
    throw new DomainError('EVENT_ID_REUSED', 'One event id twice in one append');
  }
  const found = given.map(({ eventId }) => stored.get(eventId));
  if (found.every((event) => event === undefined)) return undefined;

  const repeat = found.filter((event) => event !== undefined);
  const isSame = given.every(({ streamId, type }, i) => found[i]?.streamId === streamId && found[i].type === type);
  if (isSame) return repeat;
  throw new DomainError('EVENT_ID_REUSED', 'An event id is already stored elsewhere, or only some of these are stored');
}
