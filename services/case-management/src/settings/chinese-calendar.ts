import chineseDays from 'chinese-days';
import type { WorkCalendar } from '../cases/domain/work-calendar.js';

/** Public holidays and make-up working days as published; beyond the published years Monday to Friday. */
export const chineseCalendar: WorkCalendar = {
  isWorkday: (date) => chineseDays.isWorkday(date),
};
