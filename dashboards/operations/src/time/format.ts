import { usePreferences, type Locale } from '../app/preferences.js';
import { spanOf } from './duration.js';
import { useZone } from './zone.js';

export interface TimeFormat {
  readonly dateTime: (time: string | number) => string;
  readonly weekday: (time: string | number) => string;
  readonly clock: (time: string | number) => string;
  readonly relative: (time: string | number, now: number) => string;
  /** The hour of the day, 00 to 23. */
  readonly hour: (time: string | number) => string;
  readonly zone: string;
}

/** Times in the zone of the installation, in the language of the screen. */
export function timeFormat(locale: Locale, timeZone: string): TimeFormat {
  const dateTime = new Intl.DateTimeFormat(locale, {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  });
  const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const hour = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long' });
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
    hour: (time) => hour.format(new Date(time)).padStart(2, '0'),
    zone: zoneAt(locale, Date.now(), timeZone),
  };
}

/** The zone by its name, with the offset it had at that time. */
export function zoneAt(locale: Locale, time: number, timeZone: string): string {
  const named = (timeZoneName: 'long' | 'shortOffset'): string =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  const [name, offset] = [named('long'), named('shortOffset')];
  return name === offset ? name : `${name} (${offset})`;
}

const made = new Map<string, TimeFormat>();

/** Formatters are costly to make and a screen has hundreds of times: one set per language and zone. */
export function useTimeFormat(): TimeFormat {
  const { locale } = usePreferences();
  const zone = useZone();
  const key = `${locale} ${zone}`;
  const known = made.get(key) ?? timeFormat(locale, zone);
  made.set(key, known);
  return known;
}
