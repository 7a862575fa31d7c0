import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from './event-store.port.js';

const PAUSES_MS = [1, 2, 5, 10, 20, 50];

/**
 * A stable position that has everything stored when this is asked, the caller's own appends included. `headPosition`
 * alone does not promise that: an append that was answered stays invisible to readers while an older one is open.
 * undefined: the older one did not end within the patience.
 */
export async function settledHead(store: Pick<EventStore, 'headPosition' | 'newestPosition'>, patienceMs: number): Promise<string | undefined> {
  const newest = await store.newestPosition();
  const until = performance.now() + patienceMs;
  for (let look = 0; ; look += 1) {
    const head = await store.headPosition();
    if (head >= newest) return head;
    if (performance.now() >= until) return undefined;
    await pause(PAUSES_MS[look] ?? 50);
  }
}
