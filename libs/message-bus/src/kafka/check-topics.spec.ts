import { describe, expect, it } from '@jest/globals';
import { topicsRefusal } from './check-topics.js';

const topic = (name: string, partitions: number) => ({
  topic: name,
  topicErrorCode: 0,
  partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({ partitionId })),
});
const wanted = [{ name: 'a', partitions: 4 }, { name: 'b', partitions: 1 }];

describe('a cluster', () => {
  it('is used when it has every topic with as many partitions, or more', () => {
    expect(topicsRefusal({ topicMetadata: [topic('a', 4), topic('b', 2)] }, wanted)).toBeUndefined();
  });

  it('is refused by name when topics are missing', () => {
    expect(topicsRefusal({ topicMetadata: [topic('c', 4)] }, wanted)).toMatchObject({
      code: 'BUS_REFUSED',
      message: expect.stringContaining('no topic a, b'),
    });
  });

  it('is refused with both figures when a topic has too few partitions', () => {
    expect(topicsRefusal({ topicMetadata: [topic('a', 3), topic('b', 1)] }, wanted)).toMatchObject({
      code: 'BUS_REFUSED',
      message: expect.stringContaining('a has 3 partitions instead of 4'),
    });
  });
});
