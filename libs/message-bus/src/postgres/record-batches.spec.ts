import { describe, expect, it } from '@jest/globals';
import { decodeBatch, encodeBatches, encodeRecord } from './record-batches.js';

const encoded = (count: number): string[] =>
  Array.from({ length: count }, (_, value) => encodeRecord({ key: 'k', headers: {}, value }));

describe('rows of records', () => {
  it('hold no more records than a reader may take at once', () => {
    expect(encodeBatches(encoded(5), { records: 2, bytes: 1_000 }).map(({ count }) => count)).toEqual([2, 2, 1]);
  });

  it('hold no more bytes than that, except for a record that is larger alone', () => {
    const large = JSON.stringify('x'.repeat(100));
    const batches = encodeBatches([large, '"a"', '"b"', large], { records: 10, bytes: 50 });
    expect(batches.map(({ count, bytes }) => [count, bytes])).toEqual([[1, 102], [2, 6], [1, 102]]);
  });

  it('are read from the middle when a group stopped there', () => {
    const [batch] = encodeBatches(encoded(3), { records: 10, bytes: 1_000 });
    const stored = { topic: 't', partition: 1, first_offset: '7', published_at: new Date(0), records: batch?.records ?? '' };
    const values = decodeBatch(stored, 8).map(({ offset, value }) => [offset, value]);
    expect(values).toEqual([[8, 1], [9, 2]]);
  });
});
