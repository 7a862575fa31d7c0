import { describe, expect, it } from '@jest/globals';
import type { PastReads } from './past-playback.js';
import { changeAfter, changeBefore } from './past-neighbours.js';
import { LATER, NINE, page, raised } from './past.fixture.js';

const HOUR = 3_600_000;
const { signal } = new AbortController();

/** A record with changes at these times; it answers as the server does, a page at a time from the front. */
function record(times: readonly number[]): { changes: PastReads['changes']; asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    changes: ({ from, to, cursor, limit = 500 }) => {
      asked += 1;
      const all = times.filter((at) => at > from && at <= to);
      const start = Number(cursor ?? 0);
      const items = all.slice(start, start + limit).map((at) => raised(at, String(at)));
      return Promise.resolve(page(items, start + limit < all.length ? String(start + limit) : null));
    },
  };
}

describe('the next change', () => {
  it('is the first after the moment', async () => {
    const { changes } = record([NINE - 1, NINE, NINE + 5, NINE + 9]);
    expect((await changeAfter(changes, NINE, LATER, 'recorded', signal))?.at).toBe(new Date(NINE + 5).toISOString());
  });

  it('is looked for no farther than the server answers at once', async () => {
    const { changes } = record([NINE + 8 * 24 * HOUR]);
    expect(await changeAfter(changes, NINE, NINE + 30 * 24 * HOUR, 'recorded', signal)).toBeUndefined();
  });

  it('is none after the last, and nobody is asked about the future', async () => {
    const { changes, asked } = record([NINE]);
    expect(await changeAfter(changes, NINE, LATER, 'recorded', signal)).toBeUndefined();
    expect(await changeAfter(changes, NINE, NINE, 'recorded', signal)).toBeUndefined();
    expect(asked()).toBe(1);
  });
});

describe('the change before', () => {
  const before = async (times: readonly number[]) => {
    const { changes, asked } = record(times);
    const found = await changeBefore(changes, NINE, 'recorded', signal);
    return { at: found === undefined ? undefined : Date.parse(found.at), asked: asked() };
  };

  it('is the last before the moment, not the one at it', async () => {
    expect((await before([NINE - HOUR, NINE - 7, NINE])).at).toBe(NINE - 7);
  });

  it('is found where others changed at the moment itself', async () => {
    expect((await before([NINE - 7, ...Array.from({ length: 1000 }, () => NINE)])).at).toBe(NINE - 7);
  });

  it('is found after a silent night', async () => {
    expect((await before([NINE - 20 * HOUR, NINE - 9 * HOUR])).at).toBe(NINE - 9 * HOUR);
  });

  it('is found in a crowd without reading all of it', async () => {
    const crowd = Array.from({ length: 100_000 }, (_, index) => NINE - 10 * HOUR - 100_000 * 300 + index * 300);
    const { at, asked } = await before(crowd);
    expect(at).toBe(crowd.at(-1));
    expect(asked).toBeLessThan(30);
  });

  it('is found where thousands changed at one moment', async () => {
    expect((await before(Array.from({ length: 1000 }, () => NINE - 30_000))).at).toBe(NINE - 30_000);
  });

  it('is none when a week was silent', async () => {
    expect((await before([NINE - 400 * HOUR])).at).toBeUndefined();
  });
});
