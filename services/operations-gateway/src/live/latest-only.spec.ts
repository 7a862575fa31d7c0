import { describe, expect, it } from '@jest/globals';
import { LatestOnly } from './latest-only.js';

describe('the latest only', () => {
  it('is worked on after the one under way; all between are replaced, in their order', async () => {
    const latest = new LatestOnly();
    const told: string[] = [];
    let finish = (): void => undefined;
    const offer = (name: string) =>
      latest.offer({
        work: () => {
          told.push(`${name} begins`);
          return new Promise<void>((resolve) => (finish = resolve));
        },
        replaced: () => told.push(`${name} replaced`),
      });
    for (let n = 1; n <= 10_000; n += 1) offer(String(n));
    expect(told).toEqual(['1 begins', ...Array.from({ length: 9_998 }, (_, index) => `${String(index + 2)} replaced`)]);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(told.at(-1)).toBe('10000 begins');
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    offer('another');
    expect(told.at(-1)).toBe('another begins');
  });
});
