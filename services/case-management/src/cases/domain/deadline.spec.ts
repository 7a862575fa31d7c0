import { describe, expect, it } from '@jest/globals';
import { dueTime } from './deadline.js';
import { localDate, type WorkCalendar } from './work-calendar.js';

/** Thursday 1 to Wednesday 7 October 2026 are off, Saturday 10 is worked instead. */
const calendar: WorkCalendar = {
  isWorkday: (date) => {
    if (date >= '2026-10-01' && date <= '2026-10-07') return false;
    return date === '2026-10-10' || ![0, 6].includes(new Date(date).getUTCDay());
  },
};
/** Local time in Shanghai as an instant. */
const local = (text: string) => new Date(`${text}:00.000+08:00`).toISOString();

describe('a deadline', () => {
  it.each([
    ['urgent hours run at night', '2026-09-26T23:00', 2, 'urgent-hour', '2026-09-27T01:00'],
    ['natural days are 24 hours', '2026-09-30T10:00', 2, 'natural-day', '2026-10-02T10:00'],
    ['working hours run within a shift', '2026-09-28T09:30', 2, 'working-hour', '2026-09-28T11:30'],
    ['working hours end with the shift', '2026-09-28T11:00', 1, 'working-hour', '2026-09-28T12:00'],
    ['working hours pause at noon', '2026-09-28T11:00', 2, 'working-hour', '2026-09-28T15:00'],
    ['working hours wait for the morning', '2026-09-28T20:00', 1, 'working-hour', '2026-09-29T10:00'],
    ['working hours skip the holidays', '2026-09-30T17:00', 4, 'working-hour', '2026-10-08T12:00'],
    ['working hours run on a make-up Saturday', '2026-10-09T17:30', 1, 'working-hour', '2026-10-10T09:30'],
    ['the day of opening does not count', '2026-09-28T09:00', 1, 'working-day', '2026-09-29T18:00'],
    ['working days skip the holidays', '2026-09-30T09:00', 2, 'working-day', '2026-10-09T18:00'],
    ['working days count a make-up Saturday', '2026-10-09T09:00', 1, 'working-day', '2026-10-10T18:00'],
  ] as const)('%s', (_, start, amount, unit, due) => {
    expect(dueTime(local(start), { amount, unit }, calendar)).toBe(local(due));
  });

  it('knows the local day after midnight in Shanghai', () => {
    expect(localDate('2026-11-21T16:00:00.000Z')).toBe('2026-11-22');
  });
});
