import { describe, expect, it } from '@jest/globals';
import { partitionOf } from './partition-of.js';

describe('the partition of a key', () => {
  it('is the same for ever: records already stored depend on it', () => {
    const keys = ['', 'a', 'device-1', 'device-2', '网格-17', 'case-7f3c'];
    expect(keys.map((key) => partitionOf(key, 8))).toEqual([3, 3, 6, 3, 5, 3]);
  });

  it('spreads keys that differ in one digit evenly', () => {
    const counts = new Array<number>(8).fill(0);
    for (let device = 0; device < 8_000; device += 1) {
      const partition = partitionOf(`device-${device}`, 8);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
