import { createContext, useContext, useSyncExternalStore } from 'react';

/** What time it is for those who look: the wall's, or that of the moment shown. */
export interface Clock {
  readonly get: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

/** One timer for the whole page; everything that shows "3 minutes ago" follows it. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export const ClockContext = createContext<Clock>({ get: () => now, subscribe });

/** The time now, or in the past that is shown, new every `stepMs`. */
export function useNow(stepMs = 1000): number {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(clock.subscribe, () => Math.floor(clock.get() / stepMs) * stepMs);
}
