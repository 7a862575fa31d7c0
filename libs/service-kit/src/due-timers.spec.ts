import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pino from 'pino';
import { AppliedNews } from './applied-news.js';
import { DueTimers } from './due-timers.js';

const silent = pino({ level: 'silent' });
const MINUTE_MS = 60_000;
const TABLE = 'appointments';

/** Appointments by their due instants, as a read table has them; counts the looks. */
function diary() {
  const news = new AppliedNews();
  const open = new Map<string, number>();
  const seen = { looks: 0, fired: [] as string[], failing: false };
  const now = () => Date.now();
  const timers = new DueTimers({
    name: 'diary',
    logger: silent,
    everyMs: 1_000,
    due: () => {
      seen.looks += 1;
      return Promise.resolve([...open].filter(([, at]) => at < now()).map(([name]) => name));
    },
    fire: (name) => {
      if (seen.failing) return Promise.reject(new Error('not now'));
      open.delete(name);
      seen.fired.push(name);
      return Promise.resolve();
    },
    untilNext: () => Promise.resolve(Math.min(...[...open.values()].filter((at) => at >= now())) - now()),
    news: (wake) => news.on([TABLE], wake),
  });
  const put = (name: string, inMs: number) => {
    open.set(name, now() + inMs);
    news.tell(TABLE);
  };
  return { timers, seen, put, open, now };
}

describe('due timers', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  async function idleDiary() {
    const all = diary();
    all.timers.start();
    await jest.advanceTimersByTimeAsync(10 * MINUTE_MS);
    return all;
  }

  it('look at most 45 times in ten minutes in which nothing is due', async () => {
    const { timers, seen } = await idleDiary();
    expect(seen.looks).toBeLessThanOrEqual(45);
    await timers.stop();
  });

  it('fire at the instant at which something is due, without looking in between', async () => {
    const { timers, seen, put } = await idleDiary();
    put('in twelve seconds', 12_000);
    await jest.advanceTimersByTimeAsync(100);
    seen.looks = 0;
    await jest.advanceTimersByTimeAsync(11_850);
    expect(seen.fired).toEqual([]);
    expect(seen.looks).toBeLessThanOrEqual(4);
    await jest.advanceTimersByTimeAsync(100);
    expect(seen.fired).toEqual(['in twelve seconds']);
    await timers.stop();
  });

  it('wake earlier for one that was set for earlier than the next', async () => {
    const { timers, seen, put } = await idleDiary();
    put('later', 14_000);
    await jest.advanceTimersByTimeAsync(2_000);
    put('earlier', 3_000);
    await jest.advanceTimersByTimeAsync(3_100);
    expect(seen.fired).toEqual(['earlier']);
    await jest.advanceTimersByTimeAsync(9_000);
    expect(seen.fired).toEqual(['earlier', 'later']);
    await timers.stop();
  });

  it('find what nobody told of, fifteen seconds later at most', async () => {
    const { timers, seen, open, now } = await idleDiary();
    open.set('untold', now() - 1);
    await jest.advanceTimersByTimeAsync(15_100);
    expect(seen.fired).toEqual(['untold']);
    await timers.stop();
  });

  it('look no more often than the pace, whatever news come and whatever fails', async () => {
    const { timers, seen, put } = await idleDiary();
    seen.failing = true;
    put('failing', -1);
    await jest.advanceTimersByTimeAsync(100);
    seen.looks = 0;
    for (let n = 0; n < 1_000; n += 1) {
      put(`some ${String(n)}`, MINUTE_MS);
      await jest.advanceTimersByTimeAsync(10);
    }
    expect(seen.looks).toBeLessThanOrEqual(10);
    expect(seen.looks).toBeGreaterThanOrEqual(9);
    seen.failing = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(seen.fired).toEqual(['failing']);
    await timers.stop();
  });

  it('keep news that come while they look', async () => {
    const { timers, seen, put } = await idleDiary();
    put('first', -1);
    put('second', -1);
    await jest.advanceTimersByTimeAsync(1_100);
    expect(seen.fired.toSorted()).toEqual(['first', 'second']);
    await timers.stop();
  });
});
