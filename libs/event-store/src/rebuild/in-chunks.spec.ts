import { describe, expect, it } from '@jest/globals';
import { inChunks } from './in-chunks.js';

async function* count(upTo: number, onRead: (n: number) => void = () => undefined): AsyncIterable<number> {
  for (let n = 1; n <= upTo; n += 1) {
    await Promise.resolve();
    onRead(n);
    yield n;
  }
}

describe('chunks', () => {
  it.each([
    [0, []],
    [4, [[1, 2], [3, 4]]],
    [5, [[1, 2], [3, 4], [5]]],
  ])('of %s items, two by two', async (items, expected) => {
    const chunks: (readonly number[])[] = [];
    for await (const chunk of inChunks(count(items), 2)) chunks.push(chunk);
    expect(chunks).toEqual(expected);
  });

  it('are read no more than one ahead of who uses them', async () => {
    let read = 0;
    let used = 0;
    for await (const chunk of inChunks(count(1_000, (n) => (read = n)), 10)) {
      used += chunk.length;
      expect(read).toBeLessThanOrEqual(used + 10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(used).toBe(1_000);
  });

  it('pass on the error of the source', async () => {
    const failing = inChunks(count(5, (n) => {
      if (n === 4) throw new Error('torn');
    }), 2);
    const read = async () => {
      for await (const chunk of failing) expect(chunk).toEqual([1, 2]);
    };
    await expect(read()).rejects.toThrow('torn');
  });
});
