import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('gives the value of the first try that does not throw', async () => {
    let tries = 0;
    const value = await eventually(() => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return tries;
    }, { everyMs: 1 });
    expect(value).toBe(3);
  });

  it('throws the last error when time is up', async () => {
    let tries = 0;
    const never = eventually(() => Promise.reject(new Error(`try ${String((tries += 1))}`)), { timeoutMs: 30, everyMs: 5 });
    await expect(never).rejects.toThrow(/^try \d+$/);
    expect(tries).toBeGreaterThan(1);
  });
});
