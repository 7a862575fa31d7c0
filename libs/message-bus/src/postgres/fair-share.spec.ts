import { describe, expect, it } from '@jest/globals';
import { fairShare } from './fair-share.js';

const topic = { name: 'telemetry.readings', partitions: 8 };

function quotas(members: string[], of = topic): number[] {
  return members.map((member) => fairShare(member, members, of, 0).claim);
}

describe('the fair share of a member', () => {
  it('is everything while it is alone', () => {
    expect(quotas(['a'])).toEqual([8]);
  });

  it.each([2, 3, 5, 8, 11])('adds up to all partitions among %d members, and differs by one at most', (count) => {
    const shares = quotas(Array.from({ length: count }, (_, index) => `member-${index}`));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(8);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });

  it('is released down to, not below', () => {
    expect(fairShare('a', ['a', 'b'], topic, 8)).toEqual({ claim: 0, release: 4 });
    expect(fairShare('b', ['a', 'b'], topic, 4)).toEqual({ claim: 0, release: 0 });
  });

  it('does not give the odd partition of every topic to the same member', () => {
    const takers = Array.from({ length: 20 }, (_, index) => quotas(['a', 'b'], { name: `topic-${index}`, partitions: 1 }).join());
    expect(new Set(takers)).toEqual(new Set(['1,0', '0,1']));
  });

  it('is nothing for a member whose lease ran out', () => {
    expect(fairShare('gone', ['a'], topic, 3)).toEqual({ claim: 0, release: 3 });
  });
});
