import { describe, expect, it } from '@jest/globals';
import { alert } from '../live/live.fixture.js';
import { hourly } from './hourly.js';

describe('alerts per hour', () => {
  const now = Date.parse('2026-03-01T10:20:00.000Z');

  it('are counted in the hour they were raised, by severity', () => {
    const rows = hourly(
      [
        alert('a', { raisedAt: '2026-03-01T10:05:00.000Z', severity: 'MAJOR' }),
        alert('b', { raisedAt: '2026-03-01T08:59:59.999Z', severity: 'INFO' }),
        alert('c', { raisedAt: '2026-03-01T08:00:00.000Z', severity: 'INFO' }),
      ],
      now,
      3,
    );
    expect(rows.map(({ counts }) => [counts.MAJOR, counts.INFO])).toEqual([[0, 2], [0, 0], [1, 0]]);
    expect(rows[0]?.from).toBe(Date.parse('2026-03-01T08:00:00.000Z'));
  });

  it('leave out what is older, and what is in the future', () => {
    const rows = hourly([alert('a', { raisedAt: '2026-03-01T07:59:59.000Z' }), alert('b', { raisedAt: '2026-03-01T11:00:00.000Z' })], now, 3);
    expect(rows.every(({ counts }) => counts.MAJOR === 0)).toBe(true);
  });
});
