import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../bucket.js';
import { chunkIntervalMs } from './chunk-interval.js';

describe('the width of a chunk', () => {
  it.each([
    [0, 7 * DAY_MS],
    [1_000_000, 7 * DAY_MS],
    [10_000_000, DAY_MS],
    [40_000_000, 6 * HOUR_MS],
    [200_000_000, HOUR_MS],
    [1e12, HOUR_MS],
  ])('for %d readings a day is %d ms', (readingsPerDay, expected) => {
    expect(chunkIntervalMs(readingsPerDay)).toBe(expected);
  });

  it('grows with the memory of the server', () => {
    expect(chunkIntervalMs(10_000_000, 64 * 2 ** 30)).toBe(7 * DAY_MS);
  });
});
