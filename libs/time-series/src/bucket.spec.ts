import { describe, expect, it } from '@jest/globals';
import { parseBucket, rollupFor } from './bucket.js';

describe('a bucket width', () => {
  it.each([
    ['1m', 60_000],
    ['PT1M', 60_000],
    ['15m', 900_000],
    ['1h', 3_600_000],
    ['PT6H', 21_600_000],
    ['1d', 86_400_000],
    ['P7D', 604_800_000],
  ])('%s is understood', (text, ms) => {
    expect(parseBucket(text)).toBe(ms);
  });

  it.each(['', '0m', '1s', '-1m', 'PT', 'PT1S', '1.5h', 'hour'])('%p is not understood', (text) => {
    expect(parseBucket(text)).toBeUndefined();
  });

  it('is put together from the coarsest rollup that fits', () => {
    expect([rollupFor(90 * 60_000), rollupFor(2 * 3_600_000), rollupFor(7 * 86_400_000)]).toEqual(['minute', 'hour', 'day']);
  });

  it('is refused below a minute', () => {
    expect(() => rollupFor(30_000)).toThrow('whole number of minutes');
  });
});
