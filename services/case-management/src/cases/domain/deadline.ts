import { addHours, addWorkingDays, addWorkingTime, hoursInMs, localDate, moveByWorkingDays, workingTimeBetween, type WorkCalendar } from './work-calendar.js';

/** 紧急工作时 runs always · 工作时 · 工作日 · 自然日 of 24 hours. */
export type DeadlineUnit = 'urgent-hour' | 'working-hour' | 'working-day' | 'natural-day';

export interface Deadline {
  readonly amount: number;
  readonly unit: DeadlineUnit;
}

interface DueTime {
  readonly dueAt: string;
  readonly dueIsProvisional?: true;
}

/** As events tell it: marked when it rests on days whose holidays the calendar does not know. */
export function dueTimeAsKnown(dueAt: string, unit: DeadlineUnit, calendar: WorkCalendar): DueTime {
  const isOfWork = unit === 'working-hour' || unit === 'working-day';
  return isOfWork && localDate(dueAt) > calendar.knownUntil ? { dueAt, dueIsProvisional: true } : { dueAt };
}

export function dueTime(start: string, { amount, unit }: Deadline, calendar: WorkCalendar): string {
  switch (unit) {
    case 'urgent-hour':
      return addHours(start, amount);
    case 'working-hour':
      return addWorkingTime(calendar, start, hoursInMs(amount));
    case 'working-day':
      return addWorkingDays(start, amount, calendar);
    case 'natural-day':
      return addHours(start, amount * 24);
  }
}

/** A due time after a pause, measured in its own unit. One that had passed before the pause stays as it is. */
export function dueAfterPause(
  { dueAt, pausedAt, resumedAt }: { readonly dueAt: string; readonly pausedAt: string; readonly resumedAt: string },
  unit: DeadlineUnit,
  calendar: WorkCalendar,
): string {
  if (dueAt <= pausedAt) return dueAt;
  switch (unit) {
    case 'urgent-hour':
    case 'natural-day':
      return new Date(Date.parse(dueAt) + Date.parse(resumedAt) - Date.parse(pausedAt)).toISOString();
    case 'working-hour':
      return addWorkingTime(calendar, resumedAt, workingTimeBetween(calendar, pausedAt, dueAt));
    case 'working-day':
      return moveByWorkingDays(calendar, dueAt, pausedAt, resumedAt);
  }
}
