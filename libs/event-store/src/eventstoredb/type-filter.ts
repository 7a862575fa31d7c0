import { eventTypeFilter, excludeSystemEvents, type Filter } from '@eventstore/db-client';
import type { StoredEvent } from '@brain/contracts';
import type { StorePart } from '../event-store.port.js';

type Wanted = Pick<StorePart, 'types' | 'source'>;
type Window = Pick<Filter, 'checkpointReached'>;

/** How many events the server looks at before it says how far it is. */
const SEARCH_WINDOW = 500;
const NOTHING = '(?!)';

/**
 * What the server leaves out. It knows types, not our metadata, but a type begins with its source. Prefixes, because
 * the server compares them faster than a pattern; `isWanted` is exact.
 */
export function typeFilter({ types, source }: Wanted, window: Window = {}): Filter {
  const options = { ...window, maxSearchWindow: SEARCH_WINDOW, checkpointInterval: 1 };
  if (types === undefined) {
    return source === undefined ? excludeSystemEvents(options) : eventTypeFilter({ ...options, prefixes: [`${source}.`] });
  }
  const prefixes = source === undefined ? types : types.filter((type) => type.startsWith(`${source}.`));
  if (prefixes.length === 0) return eventTypeFilter({ ...options, regex: NOTHING });
  return eventTypeFilter({ ...options, prefixes: [...prefixes] });
}

export function isWanted(event: StoredEvent, { types, source }: Wanted): boolean {
  return (types?.includes(event.type) ?? true) && (source === undefined || event.metadata.source === source);
}
