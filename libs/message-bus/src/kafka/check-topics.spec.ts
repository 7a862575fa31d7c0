import { describe, expect, it } from '@jest/globals';
import { limitsRefusal, topicsRefusal } from './check-topics.js';

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

  it('is used when its topics take the largest records, or larger ones', () => {
    const found = new Map([['a', 1024 * 1024], ['dead-letters', 5 * 1024 * 1024]]);
    expect(limitsRefusal([{ name: 'a' }, { name: 'dead-letters' }], found)).toBeUndefined();
  });

  it('is refused with both figures when a topic takes smaller records only', () => {
    const found = new Map([['a', 1024 * 1024], ['b', 999]]);
    expect(limitsRefusal([{ name: 'a' }, { name: 'b', maxMessageBytes: 1_000 }], found)).toMatchObject({
      code: 'BUS_REFUSED',
      message: expect.stringContaining('b has max.message.bytes 999 instead of 1000'),
    });
  });
});
