import { describe, expect, it } from '@jest/globals';
import { alert } from '../live/live.fixture.js';
import { density } from './past-density.js';
import { iso, NINE } from './past.fixture.js';

const QUARTER = 15 * 60_000;

describe('the density of a day', () => {
  it('counts the alerts of each quarter of an hour, with the worst of them', () => {
    const at = (time: number, part = {}) => alert(String(time), { raisedAt: iso(time), ...part });
    const day = { from: NINE, to: NINE + 4 * QUARTER };
    const bars = density([at(NINE), at(NINE + QUARTER - 1, { severity: 'CRITICAL' }), at(NINE + 3 * QUARTER), at(NINE - 1), at(day.to)], day);
    expect(bars).toEqual([
      { from: NINE, count: 2, worst: 'CRITICAL' },
      { from: NINE + 3 * QUARTER, count: 1, worst: 'MAJOR' },
    ]);
  });
});
