import { useSyncExternalStore } from 'react';

/**
 * How large everything is drawn: 1 at 1920×1080, a little smaller on a laptop, larger on a video wall.
 * A wall gets part of its size as more content, so growth is slower than the screen's.
 */
export function scaleFor(width: number, height: number): number {
  const fit = Math.min(width / 1920, height / 1080);
  if (fit >= 1) return Math.min(2.4, Math.round((1 + (fit - 1) * 0.8) * 20) / 20);
  return fit < 0.85 ? 0.9 : 1;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

export function useScreenScale(): number {
  return useSyncExternalStore(subscribe, () => scaleFor(window.innerWidth, window.innerHeight));
}
