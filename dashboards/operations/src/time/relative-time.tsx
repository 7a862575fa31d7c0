import type { ReactNode } from 'react';
import { useNow } from './clock.js';
import { useTimeFormat } from './format.js';

/** "3 minutes ago", kept true, with the full time on demand. */
export function RelativeTime({ time }: { readonly time: string | number }): ReactNode {
  const { relative, dateTime, zone } = useTimeFormat();
  const now = useNow(5000);
  return (
    <time className="muted numbers" style={{ whiteSpace: 'nowrap' }} dateTime={new Date(time).toISOString()} title={`${dateTime(time)} ${zone}`}>
      {relative(time, now)}
    </time>
  );
}
