import { useEffect, useState } from 'react';
import { cameMeanwhile } from '../live/announce.js';
import type { PastAddress } from './past-address.js';
import { createPlayback, type Playback } from './past-playback.js';
import { pastReads } from './past-reads.js';

const TICK_MS = 100;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A playback for as long as the page is open; it begins where the address says, else an hour ago. */
export function useStartedPlayback(address: PastAddress): Playback | null {
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [start] = useState(() => ({ ...address, at: address.at ?? Math.floor((Date.now() - HOUR) / MINUTE) * MINUTE }));
  useEffect(() => {
    const made = createPlayback(pastReads, Date.now, start);
    setPlayback(made);
    cameMeanwhile.set(0);
    const stopTicks = keepTicking(made);
    return () => {
      cameMeanwhile.set(null);
      stopTicks();
      made.stop();
    };
  }, [start]);
  return playback;
}

/** Nobody watches a hidden tab: the film stands still until it is seen again. */
function keepTicking({ tell }: Playback): () => void {
  let last: number | null = null;
  const timer = setInterval(() => {
    const now = performance.now();
    if (last !== null && !document.hidden) tell({ type: 'ticked', elapsedMs: now - last, now: Date.now() });
    last = document.hidden ? null : now;
  }, TICK_MS);
  return () => clearInterval(timer);
}
