import { describe, expect, it } from '@jest/globals';
import { EMPTY_ROOT, leafHash, leafHashes, nodeHash, perfectRoot } from './merkle-hash.js';
import { bytesOf, ENTRIES, ROOTS } from './rfc6962.fixture.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('hashing as in RFC 6962', () => {
  it('knows the root of no entries', () => {
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('hashes an empty entry unlike an empty tree', () => {
    expect(hex(leafHash(new Uint8Array()))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('hashes an entry', () => {
    expect(hex(leafHash(Buffer.from('L123456')))).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
  });

  it('hashes a node of the known tree', () => {
    const [first = '', second = ''] = ENTRIES;
    expect(hex(nodeHash(leafHash(bytesOf(first)), leafHash(bytesOf(second))))).toBe(ROOTS[1]);
  });

  it('does not take a leaf for a node', () => {
    const [left, right] = [leafHash(Buffer.from('Hello')), leafHash(Buffer.from('World'))];
    expect(hex(leafHash(Buffer.concat([left, right])))).not.toBe(hex(nodeHash(left, right)));
    expect(hex(nodeHash(right, left))).not.toBe(hex(nodeHash(left, right)));
  });

  it('hashes an entry longer than any before it, and a short one after it', () => {
    const long = Buffer.alloc(1_200_000, 'x');
    const [first, second] = [leafHash(long), leafHash(Buffer.from('L123456'))];
    expect(hex(first)).toBe('78efb2b70451ff49d473f3f069c67e63f4c628e6edec844064b66a51e2224d33');
    expect(hex(second)).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
  });

  it('folds the known tree of eight at once, and leaves its input alone', () => {
    const row = leafHashes(ENTRIES.map(bytesOf));
    const before = hex(row);
    expect(hex(perfectRoot(row))).toBe(ROOTS[7]);
    expect(hex(row)).toBe(before);
  });
});
