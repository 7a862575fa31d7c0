import { describe, expect, it } from '@jest/globals';
import { takeBatch } from './take-batch.js';

const sized = (...sizes: number[]): { bytes: number }[] => sizes.map((bytes) => ({ bytes }));

describe('a record batch', () => {
  it('takes all that is waiting when it fits exactly', () => {
    expect(takeBatch(sized(40, 30, 30), 100)).toBe(3);
  });

  it('leaves what would make it too large for the next', () => {
    expect(takeBatch(sized(40, 30, 31), 100)).toBe(2);
  });

  it('takes one record, however large', () => {
    expect(takeBatch(sized(400, 1), 100)).toBe(1);
  });
});
