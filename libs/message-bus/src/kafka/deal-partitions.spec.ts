import { describe, expect, it } from '@jest/globals';
import { dealPartitions } from './deal-partitions.js';

describe('the partitions of a topic', () => {
  it('are dealt evenly, whatever the order in which the members are named', () => {
    const shares = [['a', [0, 2]], ['b', [1, 3]]];
    expect([...dealPartitions(['a', 'b'], 4)]).toEqual(shares);
    expect([...dealPartitions(['b', 'a'], 4)]).toEqual(shares);
  });

  it('leave nothing for the members that are too many', () => {
    expect([...dealPartitions(['a', 'b', 'c'], 2)]).toEqual([['a', [0]], ['b', [1]], ['c', []]]);
  });
});
