import { addHours, addWorkingDays, addWorkingHours, type WorkCalendar } from './work-calendar.js';

/** 紧急工作时 runs always · 工作时 · 工作日 · 自然日 of 24 hours. */
export type DeadlineUnit = 'urgent-hour' | 'working-hour' | 'working-day' | 'natural-day';

export interface Deadline {
  readonly amount: number;
  readonly unit: DeadlineUnit;
}

export function dueTime(start: string, { amount, unit }: Deadline, calendar: WorkCalendar): string {
  switch (unit) {
    case 'urgent-hour':
      return addHours(start, amount);
    case 'working-hour':
      return addWorkingHours(start, amount, calendar);
    case 'working-day':
      return addWorkingDays(start, amount, calendar);
    case 'natural-day':
      return addHours(start, amount * 24);
  }
}
