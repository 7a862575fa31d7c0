/** When work is done, as data. Dates are `YYYY-MM-DD` in Asia/Shanghai; Monday to Friday are worked but for what is listed. */
export interface WorkCalendar {
  readonly holidays: ReadonlySet<string>;
  /** Saturdays and Sundays that are worked instead. */
  readonly workingDays: ReadonlySet<string>;
  /** The last day of which the holidays are known. */
  readonly knownUntil: string;
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

export function isWorkday({ holidays, workingDays }: WorkCalendar, date: string): boolean {
  if (workingDays.has(date)) return true;
  return !holidays.has(date) && ![0, 6].includes(new Date(date).getUTCDay());
}

/** The calendar day in Asia/Shanghai at an instant. */
export function localDate(instant: string): string {
  return dateOf(localDay(Date.parse(instant)));
}

/** The instant at which `spanMs` of working time have run since `from`. An end of work is that end; no span at all is the next opening. */
export function addWorkingTime(calendar: WorkCalendar, from: string, spanMs: number): string {
  let left = spanMs;
  for (const shift of shiftsFrom(calendar, Date.parse(from))) {
    if (left <= shift.to - shift.from) return iso(shift.from + left);
    left -= shift.to - shift.from;
  }
  throw new Error('Work never ends');
}

/** Working time from `a` to `b` in milliseconds; none when `b` is not after `a`. */
export function workingTimeBetween(calendar: WorkCalendar, a: string, b: string): number {
  const end = Date.parse(b);
  let sum = 0;
  if (end <= Date.parse(a)) return sum;
  for (const shift of shiftsFrom(calendar, Date.parse(a))) {
    if (shift.from >= end) break;
    sum += Math.min(shift.to, end) - shift.from;
  }
  return sum;
}

/** The end of work of the n-th working day after the day of `start`, which itself does not count. */
export function addWorkingDays(start: string, days: number, calendar: WorkCalendar): string {
  return workdayAfter(calendar, localDay(Date.parse(start)), days, END_OF_WORK);
}

/**
 * A due time in working days after a pause: as many working days after the day on which the pause ended as were left
 * on the day on which it began, at the same time of day.
 */
export function moveByWorkingDays(calendar: WorkCalendar, dueAt: string, pausedAt: string, resumedAt: string): string {
  const due = Date.parse(dueAt);
  const timeOfDay = due + SHANGHAI_OFFSET_MS - localDay(due);
  const resumed = localDay(Date.parse(resumedAt));
  let left = 0;
  for (let day = localDay(Date.parse(pausedAt)) + DAY_MS; day <= localDay(due); day += DAY_MS) {
    if (isWorkday(calendar, dateOf(day))) left += 1;
  }
  const isTodayEnough = left === 0 && isWorkday(calendar, dateOf(resumed)) && toUtc(resumed + timeOfDay) > Date.parse(resumedAt);
  return isTodayEnough ? iso(toUtc(resumed + timeOfDay)) : workdayAfter(calendar, resumed, Math.max(left, 1), timeOfDay);
}

/** The instant `hours` later, whatever the calendar says. */
export function addHours(start: string, hours: number): string {
  return iso(Date.parse(start) + hours * HOUR_MS);
}

export function hoursInMs(hours: number): number {
  return hours * HOUR_MS;
}

function workdayAfter(calendar: WorkCalendar, start: number, days: number, timeOfDay: number): string {
  let left = days;
  for (let day = start + DAY_MS; ; day += DAY_MS) {
    if (!isWorkday(calendar, dateOf(day))) continue;
    left -= 1;
    if (left <= 0) return iso(toUtc(day + timeOfDay));
  }
}

/** What is left of the shift that runs at this moment, and every shift after it, in UTC. */
function* shiftsFrom(calendar: WorkCalendar, start: number): Generator<{ readonly from: number; readonly to: number }> {
  for (let day = localDay(start); ; day += DAY_MS) {
    if (!isWorkday(calendar, dateOf(day))) continue;
    for (const shift of SHIFTS) {
      const to = toUtc(day + shift.to);
      if (to > start) yield { from: Math.max(toUtc(day + shift.from), start), to };
    }
  }
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
