import { eventTypeFilter, excludeSystemEvents, type Filter } from '@eventstore/db-client';
import type { StoredEvent } from '@brain/contracts';
import type { StorePart } from '../event-store.port.js';

export interface WantedTypes extends Pick<StorePart, 'types' | 'source'> {
  /** All who write events of ours; undefined: whoever does. */
  readonly sources?: readonly string[] | undefined;
}


type Window = Pick<Filter, 'checkpointReached'>;

/** How many events the server looks at before it says how far it is. */
const SEARCH_WINDOW = 500;
const NOTHING = '(?!)';

/**
 * What the server leaves out. It knows types, not our metadata, but a type begins with its source. Prefixes, because
 * the server compares them faster than a pattern; `isWanted` is exact.
 */
export function typeFilter({ types, source, sources = [] }: WantedTypes, window: Window = {}): Filter {
  const options = { ...window, maxSearchWindow: SEARCH_WINDOW, checkpointInterval: 1 };
  if (types === undefined) {
    const writers = source === undefined ? sources : [source];
    if (writers.length === 0) return excludeSystemEvents(options);
    return eventTypeFilter({ ...options, prefixes: writers.map((writer) => `${writer}.`) });
  }
  const prefixes = source === undefined ? types : types.filter((type) => type.startsWith(`${source}.`));
  if (prefixes.length === 0) return eventTypeFilter({ ...options, regex: NOTHING });
  return eventTypeFilter({ ...options, prefixes: [...prefixes] });
}

export function isWanted(event: StoredEvent, { types, source }: WantedTypes): boolean {
  return (types?.includes(event.type) ?? true) && (source === undefined || event.metadata.source === source);
}
