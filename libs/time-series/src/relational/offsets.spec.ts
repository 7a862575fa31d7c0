import { describe, expect, it } from '@jest/globals';
import { gapsOf } from './offsets.js';

const at = (...offsets: number[]) => offsets.map((offset) => ({ offset }));

describe('the gaps of a batch', () => {
  it('are none when the offsets follow each other', () => {
    expect(gapsOf(at(5, 6, 7), 5)).toEqual([]);
    expect(gapsOf([], 5)).toEqual([]);
  });

  it('lie before and between the records', () => {
    expect(gapsOf(at(3, 4, 9, 11), 0)).toEqual([[0, 2], [5, 8], [10, 10]]);
  });
});
