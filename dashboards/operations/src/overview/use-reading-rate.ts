import { useEffect, useState } from 'react';
import { live } from '../live/live-feed.js';

const SECONDS = 60;
/** One second alone jumps about; five are still now. */
const SMOOTHED = 5;

export interface ReadingRate {
  readonly perSecond: number;
  readonly history: readonly number[];
}

/** Readings per second over the last minute, sampled once a second. */
export function useReadingRate(): ReadingRate {
  const [history, setHistory] = useState<readonly number[]>([]);
  useEffect(() => {
    let before = live.get().readingCount;
    const timer = setInterval(() => {
      const now = live.get().readingCount;
      const seen = Math.max(0, now - before);
      before = now;
      setHistory((known) => [...known, seen].slice(-SECONDS));
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  const recent = history.slice(-SMOOTHED);
  return { history, perSecond: recent.reduce((sum, value) => sum + value, 0) / Math.max(1, recent.length) };
}
