import { describe, expect, it } from '@jest/globals';
import dayjs from 'dayjs';
import { asUtc, instantOf, wallClock } from './wall-clock.js';

describe('the clock on the wall of the installation', () => {
  it('shows 1 December in Shanghai when it is still 30 November in UTC', () =>
    expect(wallClock('2026-11-30T16:30:00Z', 'Asia/Shanghai').format('YYYY-MM-DD HH:mm')).toBe('2026-12-01 00:30'));
  it('gives the instant that was picked', () => expect(instantOf(dayjs('2026-12-01T00:30:00'), 'Asia/Shanghai')).toBe('2026-11-30T16:30:00.000Z'));
  it('knows summer time', () => {
    expect(instantOf(dayjs('2026-07-01T12:00:00'), 'Europe/Berlin')).toBe('2026-07-01T10:00:00.000Z');
    expect(instantOf(dayjs('2026-12-01T12:00:00'), 'Europe/Berlin')).toBe('2026-12-01T11:00:00.000Z');
  });
  it('stands on the axis of a chart as UTC', () =>
    expect(new Date(asUtc(Date.parse('2026-11-30T16:30:00Z'), 'Asia/Shanghai')).toISOString()).toBe('2026-12-01T00:30:00.000Z'));
});
