import { describe, expect, it } from '@jest/globals';
import { decodeRecord, encodeRecord } from './record-codec.js';

const fetched = { offset: '7', timestamp: '0', key: Buffer.from('键'), headers: { ce_id: Buffer.from('网') } };

describe('a record on Kafka', () => {
  it('comes back as it was', () => {
    const { value } = encodeRecord({ key: '键', headers: { ce_id: '网' }, value: { a: ['网格', null] } });
    expect(decodeRecord('t', 3, { ...fetched, value: Buffer.from(value) })).toEqual({
      topic: 't', partition: 3, offset: 7, key: '键', headers: { ce_id: '网' }, value: { a: ['网格', null] },
      publishedAt: '1970-01-01T00:00:00.000Z', attempt: 1,
    });
  });

  it('is never a tombstone', () => {
    expect(encodeRecord({ key: 'a', headers: {}, value: undefined }).value).toBe('null');
  });

  it('is counted in bytes, not in characters', () => {
    const bytesOf = (text: string): number => encodeRecord({ key: text, headers: { [text]: text }, value: text }).bytes;
    expect(bytesOf('网') - bytesOf('x')).toBe(4 * 2);
  });

  it('that is not JSON reaches the handler as text, which refuses it', () => {
    expect(decodeRecord('t', 0, { ...fetched, value: Buffer.from('{"a":') }).value).toBe('{"a":');
  });
});
