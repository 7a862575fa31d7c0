import { describe, expect, it } from '@jest/globals';
import { Wakeups } from './wakeups.js';

const NEVER = new AbortController().signal;
const LONG_MS = 60_000;

describe('wakeups', () => {
  it('keep a wake that comes before anybody waits', async () => {
    const wakeups = new Wakeups();
    const waiter = wakeups.waiter();
    wakeups.wake();
    await waiter.wait(LONG_MS, NEVER);
    expect(await raced(waiter.wait(20, NEVER))).toBe('waited');
  });

  it('wake only who wants one of the types of that source, and everybody when it is unknown what came', async () => {
    const wakeups = new Wakeups();
    const waiter = wakeups.waiter({ types: ['a', 'b'], source: 's' });
    wakeups.wake([{ type: 'c', source: 's' }, { type: 'a', source: 'other' }]);
    expect(await raced(waiter.wait(20, NEVER))).toBe('waited');
    for (const news of [[{ type: 'c', source: 's' }, { type: 'b', source: 's' }], undefined]) {
      const wait = waiter.wait(LONG_MS, NEVER);
      wakeups.wake(news);
      await wait;
    }
  });

  it('end a wait at once when its signal aborts, before or during', async () => {
    const waiter = new Wakeups().waiter();
    await waiter.wait(LONG_MS, AbortSignal.abort());
    const abort = new AbortController();
    const wait = waiter.wait(LONG_MS, abort.signal);
    abort.abort();
    await wait;
  });
});

/** Whether a wait lasted its time, or had news at once. */
async function raced(wait: Promise<void>): Promise<'waited' | 'woken'> {
  const soon = new Promise<'waited'>((resolve) => setTimeout(() => resolve('waited'), 5));
  return Promise.race([wait.then(() => 'woken' as const), soon]);
}
