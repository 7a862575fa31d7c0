import { usePreferences, type Locale } from '../app/preferences.js';
import { spanOf } from './duration.js';

export interface TimeFormat {
  readonly dateTime: (time: string | number) => string;
  readonly weekday: (time: string | number) => string;
  readonly clock: (time: string | number) => string;
  readonly relative: (time: string | number, now: number) => string;
  readonly zone: string;
}

/** Times in the viewer's own zone, in the language of the screen. */
export function timeFormat(locale: Locale): TimeFormat {
  const dateTime = new Intl.DateTimeFormat(locale, {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  return {
    dateTime: (time) => dateTime.format(new Date(time)),
    weekday: (time) => weekday.format(new Date(time)),
    clock: (time) => clock.format(new Date(time)),
    relative: (time, now) => {
      const difference = new Date(time).getTime() - now;
      const { value, unit } = spanOf(difference);
      return relative.format(difference <= 0 ? -value : value, unit);
    },
    zone: zoneAt(locale, Date.now()),
  };
}

/** The viewer's zone with the offset it had at that time. */
export function zoneAt(locale: Locale, time: number): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'shortOffset' }).formatToParts(time);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return offset === timeZone ? timeZone : `${timeZone} (${offset})`;
}

const made = new Map<Locale, TimeFormat>();

/** Formatters are costly to make and a screen has hundreds of times: one set per language. */
export function useTimeFormat(): TimeFormat {
  const { locale } = usePreferences();
  const known = made.get(locale) ?? timeFormat(locale);
  made.set(locale, known);
  return known;
}
