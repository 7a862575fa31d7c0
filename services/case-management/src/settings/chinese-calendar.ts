import chineseDays from 'chinese-days';
import type { WorkCalendar } from '../cases/domain/work-calendar.js';

const FIRST_YEAR = 2004;
const DAY_MS = 86_400_000;

/** Public holidays and make-up working days as published. The library takes a year that it does not know for one without holidays. */
export const chineseCalendar: WorkCalendar = publishedCalendar();

function publishedCalendar(): WorkCalendar {
  let year = FIRST_YEAR;
  while (chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0) year += 1;
  const dates = datesBetween(`${FIRST_YEAR}-01-01`, `${year - 1}-12-31`);
  const isWeekend = (date: string) => [0, 6].includes(new Date(date).getUTCDay());
  return {
    holidays: new Set(dates.filter((date) => !isWeekend(date) && !chineseDays.isWorkday(date))),
    workingDays: new Set(dates.filter((date) => isWeekend(date) && chineseDays.isWorkday(date))),
    knownUntil: `${year - 1}-12-31`,
  };
}

function datesBetween(first: string, last: string): string[] {
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: days }, (_, day) => new Date(Date.parse(first) + day * DAY_MS).toISOString().slice(0, 10));
}
