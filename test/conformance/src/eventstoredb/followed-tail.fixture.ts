import type { StoredEvent } from '@brain/contracts';
import type { EventStore } from '@brain/event-store';

export interface FollowedTail {
  /** Everything given so far. */
  readonly seen: StoredEvent[];
  /** `data.n` of each. */
  numbers(): unknown[];
  stop(): Promise<void>;
}

/** Follows a store from where it is now until stopped. */
export function followFrom(store: EventStore, after: string): FollowedTail {
  const abort = new AbortController();
  const seen: StoredEvent[] = [];
  const following = (async () => {
    for await (const { events } of store.tail({ after, source: 'sample', signal: abort.signal })) seen.push(...events);
  })();
  return {
    seen,
    numbers: () => seen.map(({ data }) => data['n']),
    async stop() {
      abort.abort();
      await following;
    },
  };
}
