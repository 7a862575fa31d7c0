import { describe, expect, it } from '@jest/globals';
import { recordsBehind } from './group-lag.js';

const offsets = (...all: number[]) => new Map(all.map((offset, partition) => [partition, offset]));

describe('how far a group is behind', () => {
  it('is the sum over the partitions', () => {
    expect(recordsBehind(offsets(5, 10), offsets(0, 0), offsets(7, 10))).toBe(2);
  });

  it('is what the topic still holds where the group has no position, or one of records that are gone', () => {
    expect(recordsBehind(offsets(-1, 3), offsets(4, 8), offsets(6, 10))).toBe(4);
  });

  it('is nothing where the end was read before the position', () => {
    expect(recordsBehind(offsets(9), offsets(0), offsets(8))).toBe(0);
  });
});
