import { describe, expect, it } from '@jest/globals';
import { dueAfterPause, dueTime, dueTimeAsKnown, type DeadlineUnit } from './deadline.js';
import { addWorkingTime, localDate, workingTimeBetween, type WorkCalendar } from './work-calendar.js';

/** Thursday 1 to Wednesday 7 October 2026 are off, Saturday 10 is worked instead. */
const calendar: WorkCalendar = {
  holidays: new Set(['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`)),
  workingDays: new Set(['2026-10-10']),
  knownUntil: '2026-12-31',
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

describe('a due time after a pause', () => {
  it.each([
    ['working hours do not run at noon', 'working-hour', '2026-09-28T16:00', '2026-09-28T11:00', '2026-09-28T15:00', '2026-09-28T18:00'],
    ['working hours do not run at night', 'working-hour', '2026-09-28T16:00', '2026-09-28T11:00', '2026-09-28T20:00', '2026-09-29T12:00'],
    ['a pause outside working hours costs none', 'working-hour', '2026-09-29T10:00', '2026-09-28T19:00', '2026-09-29T08:00', '2026-09-29T10:00'],
    ['working hours skip the holidays', 'working-hour', '2026-09-30T18:00', '2026-09-30T17:00', '2026-10-03T10:00', '2026-10-08T10:00'],
    ['working days are counted anew', 'working-day', '2026-09-30T18:00', '2026-09-28T11:00', '2026-09-29T15:00', '2026-10-08T18:00'],
    ['a pause within a day costs no working day', 'working-day', '2026-09-30T18:00', '2026-09-28T11:00', '2026-09-28T15:00', '2026-09-30T18:00'],
    ['the last working day is today', 'working-day', '2026-09-30T18:00', '2026-09-30T11:00', '2026-09-30T15:00', '2026-09-30T18:00'],
    ['the last working day is the next one', 'working-day', '2026-09-30T18:00', '2026-09-30T11:00', '2026-10-02T10:00', '2026-10-08T18:00'],
    ['urgent hours run at night', 'urgent-hour', '2026-09-28T23:00', '2026-09-28T20:00', '2026-09-29T00:00', '2026-09-29T03:00'],
    ['what had passed before stays', 'working-hour', '2026-09-28T10:00', '2026-09-28T11:00', '2026-09-28T15:00', '2026-09-28T10:00'],
  ] as const)('%s', (_, unit, due, paused, resumed, moved) => {
    const times = { dueAt: local(due), pausedAt: local(paused), resumedAt: local(resumed) };
    expect(dueAfterPause(times, unit, calendar)).toBe(local(moved));
  });
});

describe('a due time beyond the known holidays', () => {
  const known = (dueAt: string, unit: DeadlineUnit) => dueTimeAsKnown(local(dueAt), unit, calendar).dueIsProvisional;
  it('is provisional in working time, from the first day on', () => {
    expect(known('2027-01-01T09:00', 'working-hour')).toBe(true);
    expect(known('2027-01-01T18:00', 'working-day')).toBe(true);
    expect(known('2026-12-31T18:00', 'working-day')).toBeUndefined();
  });
  it('is none in time that always runs', () => {
    expect(known('2027-01-01T09:00', 'urgent-hour')).toBeUndefined();
    expect(known('2027-01-01T09:00', 'natural-day')).toBeUndefined();
  });
});

describe('working time', () => {
  const HOUR = 3_600_000;
  it.each([
    ['over noon', '2026-09-28T11:00', '2026-09-28T15:00', 2],
    ['of one working day', '2026-09-28T00:00', '2026-09-29T00:00', 7],
    ['over the holidays', '2026-09-30T17:00', '2026-10-08T10:00', 2],
    ['at night', '2026-09-28T19:00', '2026-09-29T08:00', 0],
    ['backwards', '2026-09-28T15:00', '2026-09-28T11:00', 0],
  ])('%s', (_, from, to, hours) => {
    expect(workingTimeBetween(calendar, local(from), local(to))).toBe(hours * HOUR);
  });
  it('of no length ends at the next opening', () => {
    expect(addWorkingTime(calendar, local('2026-09-28T12:30'), 0)).toBe(local('2026-09-28T14:00'));
    expect(addWorkingTime(calendar, local('2026-09-28T10:30'), 0)).toBe(local('2026-09-28T10:30'));
  });
  it('added is the working time in between', () => {
    for (let hours = 0.25; hours < 60; hours += 3.5) {
      const from = local('2026-09-29T10:20');
      expect(workingTimeBetween(calendar, from, addWorkingTime(calendar, from, hours * HOUR))).toBe(hours * HOUR);
    }
  });
});
