import { useSyncExternalStore } from 'react';
import type { Connection } from './connection.js';
import { connection, live } from './live-feed.js';
import type { LiveState } from './live-state.js';

/** One part of the live state. Choose a part that keeps its identity while unchanged: a collection, a number. */
export function useLive<Part>(part: (state: LiveState) => Part): Part {
  return useSyncExternalStore(live.subscribe, () => part(live.get()));
}

export function useConnection(): Connection {
  return useSyncExternalStore(connection.subscribe, connection.get);
}
