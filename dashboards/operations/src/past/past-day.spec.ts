import { describe, expect, it } from '@jest/globals';
import { dayOf, hourMarks } from './past-day.js';

const HOUR = 3_600_000;
const day = (at: string, zone: string) => dayOf(Date.parse(at), zone);
const hours = ({ from, to }: { from: number; to: number }): number => (to - from) / HOUR;

describe('a day', () => {
  it('is from midnight to midnight of the zone', () => {
    const { from, to } = day('2026-11-21T16:00:00.000Z', 'Asia/Shanghai');
    expect([new Date(from).toISOString(), new Date(to).toISOString()]).toEqual(['2026-11-21T16:00:00.000Z', '2026-11-22T16:00:00.000Z']);
    expect(day('2026-11-21T15:59:59.999Z', 'Asia/Shanghai').to).toBe(from);
  });

  it('has 23 hours when the clocks go forward and 25 when they go back', () => {
    expect(hours(day('2026-03-29T12:00:00Z', 'Europe/Berlin'))).toBe(23);
    expect(hours(day('2026-10-25T12:00:00Z', 'Europe/Berlin'))).toBe(25);
    expect(hours(day('2026-10-24T12:00:00Z', 'Europe/Berlin'))).toBe(24);
  });

  it('begins at one where midnight was skipped', () => {
    const { from, to } = day('2024-04-26T10:00:00Z', 'Africa/Cairo');
    expect(new Date(from).toISOString()).toBe('2024-04-25T22:00:00.000Z');
    expect(hours({ from, to })).toBe(23);
  });

  it('is right half an hour off the hour', () => {
    expect(new Date(day('2026-03-01T00:00:00Z', 'Asia/Kolkata').from).toISOString()).toBe('2026-02-28T18:30:00.000Z');
  });
});

describe('the marks of a day', () => {
  const labels = (at: string, zone: string): string[] => hourMarks(day(at, zone), zone).map(({ label }) => label);

  it('are every third hour, and the end', () => {
    expect(labels('2026-03-01T00:00:00Z', 'Asia/Shanghai')).toEqual(['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '24:00']);
  });

  it('stand where the hour really was on a day of 23', () => {
    const berlin = day('2026-03-29T12:00:00Z', 'Europe/Berlin');
    const [, three] = hourMarks(berlin, 'Europe/Berlin');
    expect(three).toEqual({ at: berlin.from + 2 * HOUR, label: '03:00' });
  });
});
