import type { ReactNode } from 'react';
import { useNow } from './clock.js';
import { useTimeFormat } from './format.js';

const STEP_MS = 5000;

/** "3 minutes ago", kept true, with the full time on demand. */
export function RelativeTime({ time }: { readonly time: string | number }): ReactNode {
  const { relative, dateTime, zone } = useTimeFormat();
  const step = useNow(STEP_MS);
  // Told in steps, what has just happened is still not to come.
  const now = Math.max(step, Math.min(new Date(time).getTime(), step + STEP_MS));
  return (
    <time className="muted numbers" style={{ whiteSpace: 'nowrap' }} dateTime={new Date(time).toISOString()} title={`${dateTime(time)} ${zone}`}>
      {relative(time, now)}
    </time>
  );
}
