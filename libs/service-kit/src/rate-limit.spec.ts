import { describe, expect, it } from '@jest/globals';
import { parseRateLimit, RateLimiter } from './rate-limit.js';

describe('a rate limit', () => {
  it('is read in the form of ThingsBoard', () => {
    expect(parseRateLimit('200:1,6000:60')).toEqual([{ count: 200, seconds: 1 }, { count: 6000, seconds: 60 }]);
    expect(parseRateLimit('off')).toEqual([]);
  });

  it.each(['', '200', '0:1', '1:0', '200:1,', '-1:1'])('is not %p', (text) => expect(parseRateLimit(text)).toBeUndefined());

  it('lets a burst pass, then as many as time gives back', () => {
    const limiter = new RateLimiter([{ count: 2, seconds: 1 }], 0);
    expect([limiter.allows(0), limiter.allows(0), limiter.allows(0)]).toEqual([true, true, false]);
    expect([limiter.allows(500), limiter.allows(500)]).toEqual([true, false]);
  });

  it('is rested when all is given back, as a new one', () => {
    const limiter = new RateLimiter([{ count: 2, seconds: 1 }], 0);
    expect(limiter.isRested(0)).toBe(true);
    limiter.allows(0);
    expect([limiter.isRested(499), limiter.isRested(500)]).toEqual([false, true]);
  });

  it('is as strict as its strictest part, and what one part stops costs the other nothing', () => {
    const limiter = new RateLimiter([{ count: 1, seconds: 1 }, { count: 3, seconds: 60 }], 0);
    expect([limiter.allows(0), limiter.allows(0), limiter.allows(1000), limiter.allows(2000), limiter.allows(3000)]).toEqual([true, false, true, true, false]);
  });
});
