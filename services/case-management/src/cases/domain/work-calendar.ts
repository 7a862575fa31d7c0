/** Which days are worked, holidays and make-up working days included. Dates are `YYYY-MM-DD` in Asia/Shanghai. */
export interface WorkCalendar {
  isWorkday(date: string): boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Asia/Shanghai has had no summer time since 1991. */
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

/** Hours of work of a day, local: 09:00–12:00 and 14:00–18:00. */
const SHIFTS = [
  { from: 9 * HOUR_MS, to: 12 * HOUR_MS },
  { from: 14 * HOUR_MS, to: 18 * HOUR_MS },
] as const;
const END_OF_WORK = 18 * HOUR_MS;

/** The calendar day in Asia/Shanghai at an instant. */
export function localDate(instant: string): string {
  return dateOf(localDay(Date.parse(instant)));
}

/** The instant after `hours` of working time have run since `start`. */
export function addWorkingHours(start: string, hours: number, calendar: WorkCalendar): string {
  let left = hours * HOUR_MS;
  const startMs = Date.parse(start);
  for (let day = localDay(startMs); ; day += DAY_MS) {
    if (!calendar.isWorkday(dateOf(day))) continue;
    for (const shift of SHIFTS) {
      const from = Math.max(toUtc(day + shift.from), startMs);
      const available = Math.max(toUtc(day + shift.to) - from, 0);
      if (left <= available) return iso(from + left);
      left -= available;
    }
  }
}

/** The end of work of the n-th working day after the day of `start`, which itself does not count. */
export function addWorkingDays(start: string, days: number, calendar: WorkCalendar): string {
  let left = days;
  for (let day = localDay(Date.parse(start)) + DAY_MS; ; day += DAY_MS) {
    if (!calendar.isWorkday(dateOf(day))) continue;
    left -= 1;
    if (left <= 0) return iso(toUtc(day + END_OF_WORK));
  }
}

/** The instant `hours` later, whatever the calendar says. */
export function addHours(start: string, hours: number): string {
  return iso(Date.parse(start) + hours * HOUR_MS);
}

/** Local midnight, counted as if local time were UTC. */
function localDay(ms: number): number {
  const local = ms + SHANGHAI_OFFSET_MS;
  return local - (local % DAY_MS);
}

function toUtc(local: number): number {
  return local - SHANGHAI_OFFSET_MS;
}

function dateOf(day: number): string {
  return iso(day).slice(0, 10);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
