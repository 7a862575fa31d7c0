import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Playback } from './past-playback.js';
import type { PastPlayer } from './past-player.js';

export const PlaybackContext = createContext<Playback | null>(null);

export function usePlayback(): Playback {
  const playback = useContext(PlaybackContext);
  if (playback === null) throw new Error('usePlayback is for the page of the past');
  return playback;
}

/** One part of the player. Choose a part that keeps its identity while unchanged. */
export function usePlayer<Part>(part: (player: PastPlayer) => Part): Part {
  const { store } = usePlayback();
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}
