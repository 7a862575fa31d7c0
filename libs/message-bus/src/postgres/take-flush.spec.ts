import { describe, expect, it } from '@jest/globals';
import { takeFlush, type PublishCall } from './take-flush.js';

function call(...partitions: number[]): PublishCall {
  const slices = partitions.map((partition) => ({ id: `t/${partition}`, topic: 't', partition, records: ['{}'] }));
  return { slices, resolve: () => undefined, reject: () => undefined };
}

describe('a flush', () => {
  it('takes every waiting call when no other flush is on its way', () => {
    const waiting = [call(0), call(1, 2), call(0)];
    expect(takeFlush(waiting, new Set())).toHaveLength(3);
    expect(waiting).toEqual([]);
  });

  it('leaves calls to partitions another flush is writing', () => {
    const [blocked, free] = [call(0), call(1)];
    const waiting = [blocked, free];
    expect(takeFlush(waiting, new Set(['t/0']))).toEqual([free]);
    expect(waiting).toEqual([blocked]);
  });

  it('lets no call overtake an earlier one to the same partition', () => {
    const [blocked, behind] = [call(0, 1), call(1)];
    const waiting = [blocked, behind];
    expect(takeFlush(waiting, new Set(['t/0']))).toEqual([]);
    expect(waiting).toEqual([blocked, behind]);
  });
});
