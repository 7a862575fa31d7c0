import { describe, expect, it } from '@jest/globals';
import { countdown, spanOf, usedShare } from './duration.js';

describe('a span of time', () => {
  it.each([
    [4_000, 4, 'second'],
    [119_000, 1, 'minute'],
    [47 * 3_600_000, 47, 'hour'],
    [3 * 86_400_000, 3, 'day'],
    [-90_000, 1, 'minute'],
  ] as const)('of %d ms is said as %d %s', (ms, value, unit) => expect(spanOf(ms)).toEqual({ value, unit }));
});

describe('a countdown', () => {
  it('shows hours, minutes and seconds', () => expect(countdown(3_723_000)).toBe('01:02:03'));
  it('puts days in front', () => expect(countdown(2 * 86_400_000 + 1000)).toBe('2d 00:00:01'));
  it('shows how late something is the same way', () => expect(countdown(-61_000)).toBe('00:01:01'));
});

describe('the used share of a deadline', () => {
  const [opened, due] = ['2026-03-01T08:00:00.000Z', '2026-03-01T12:00:00.000Z'];
  it('is a quarter after a quarter of the time', () => expect(usedShare(opened, due, Date.parse('2026-03-01T09:00:00Z'))).toBe(0.25));
  it('goes beyond one when late', () => expect(usedShare(opened, due, Date.parse('2026-03-01T14:00:00Z'))).toBe(1.5));
  it('is used up when there never was any time', () => expect(usedShare(due, due, 0)).toBe(1));
});
