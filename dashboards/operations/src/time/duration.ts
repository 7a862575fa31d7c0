const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Span {
  readonly value: number;
  readonly unit: 'second' | 'minute' | 'hour' | 'day';
}

/** The largest unit that says enough. */
export function spanOf(ms: number): Span {
  const length = Math.abs(ms);
  if (length < MINUTE) return { value: Math.round(length / SECOND), unit: 'second' };
  if (length < HOUR) return { value: Math.floor(length / MINUTE), unit: 'minute' };
  if (length < 2 * DAY) return { value: Math.floor(length / HOUR), unit: 'hour' };
  return { value: Math.floor(length / DAY), unit: 'day' };
}

/** 03:59:12, or 2d 03:59:12: a countdown that does not jump in width. */
export function countdown(ms: number): string {
  const length = Math.abs(ms);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = `${two((length % DAY) / HOUR)}:${two((length % HOUR) / MINUTE)}:${two((length % MINUTE) / SECOND)}`;
  return length >= DAY ? `${Math.floor(length / DAY)}d ${clock}` : clock;
}

/** How much of a deadline is used, 0…1 and beyond. */
export function usedShare(openedAt: string, dueAt: string, now: number): number {
  const from = Date.parse(openedAt);
  const to = Date.parse(dueAt);
  return to <= from ? 1 : (now - from) / (to - from);
}
