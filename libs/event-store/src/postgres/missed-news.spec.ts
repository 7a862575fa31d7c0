import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MissedNews } from './missed-news.js';

const MINUTE_MS = 60_000;

/** A store whose head is set by the test; counts the looks. */
function watched() {
  const seen = { looks: 0, grown: 0, deaf: 0, head: '1' };
  const news = new MissedNews({
    head: () => {
      seen.looks += 1;
      return Promise.resolve(seen.head);
    },
    pollMs: 5_000,
    onGrown: () => (seen.grown += 1),
    onDeaf: () => (seen.deaf += 1),
  });
  return { news, seen };
}

describe('the look for what no notification told of', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is one query in five seconds for all tails of a process that is idle', async () => {
    const { news, seen } = watched();
    Array.from({ length: 20 }, () => news.follow());
    await jest.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect(seen.looks).toBeLessThanOrEqual(10 * 12 + 4);
    expect(seen.looks).toBeGreaterThan(100);
  });

  it('wakes the tails when the store has grown without a word, then looks often, and has another connection listen', async () => {
    const { news, seen } = watched();
    news.follow();
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    seen.grown = 0;
    seen.head = '2';
    await jest.advanceTimersToNextTimerAsync();
    expect(seen).toMatchObject({ grown: 1, deaf: 0 });
    seen.head = '3';
    await jest.advanceTimersByTimeAsync(500);
    expect(seen).toMatchObject({ grown: 2, deaf: 1 });
  });

  it('does not take what was told for missed, and backs off again', async () => {
    const { news, seen } = watched();
    news.follow();
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    seen.looks = 0;
    for (let n = 0; n < 12; n += 1) {
      seen.head = String(10 + n);
      news.told();
      await jest.advanceTimersByTimeAsync(5_000);
    }
    expect(seen).toMatchObject({ deaf: 0, looks: 12 });
  });

  it('goes on after looks that failed', async () => {
    const seen = { looks: 0 };
    const news = new MissedNews({
      head: () => {
        seen.looks += 1;
        return Promise.reject(new Error('away'));
      },
      pollMs: 1_000,
      onGrown: () => undefined,
      onDeaf: () => undefined,
    });
    news.follow();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(seen.looks).toBeGreaterThan(8);
  });

  it('ends with the last tail', async () => {
    const { news, seen } = watched();
    const [one, other] = [news.follow(), news.follow()];
    one();
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    expect(seen.looks).toBeGreaterThan(0);
    other();
    seen.looks = 0;
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    expect(seen.looks).toBe(0);
  });
});
