import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decrypt, encrypt, KEY_BYTES } from './cipher.js';

const hex = (text: string) => Buffer.from(text, 'hex');

/** Test cases 13, 15 and 16 of "The Galois/Counter Mode of Operation (GCM)", McGrew and Viega: 256-bit keys, 96-bit IVs. */
const key16 = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308';
const plain15 =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const cipher15 =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad';
const VECTORS = [
  { key: '00'.repeat(32), iv: '00'.repeat(12), plain: '', aad: '', ciphertext: '', tag: '530f8afbc74536b9a963b4f1c4cb738b' },
  { key: key16, iv: 'cafebabefacedbaddecaf888', plain: plain15, aad: '', ciphertext: cipher15, tag: 'b094dac5d93471bdec1a502270e3cc6c' },
  {
    key: key16,
    iv: 'cafebabefacedbaddecaf888',
    plain: plain15.slice(0, 120),
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    ciphertext: cipher15.slice(0, 120),
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
];

describe('AES-256-GCM', () => {
  it.each(VECTORS)('gives what the paper gives: tag $tag', ({ key, iv, plain, aad, ciphertext, tag }) => {
    expect(encrypt(hex(key), hex(plain), hex(aad), hex(iv))).toEqual({ iv: hex(iv), ciphertext: hex(ciphertext), tag: hex(tag) });
    expect(decrypt(hex(key), { iv: hex(iv), ciphertext: hex(ciphertext), tag: hex(tag) }, hex(aad))).toEqual(hex(plain));
  });

  it('never uses an IV twice', () => {
    const ivs = Array.from({ length: 1_000 }, () => encrypt(Buffer.alloc(KEY_BYTES), Buffer.alloc(1), Buffer.alloc(0)).iv.toString('hex'));
    expect(new Set(ivs).size).toBe(ivs.length);
  });

  it('refuses a tag that was shortened', () => {
    const { iv, ciphertext, tag } = encrypt(Buffer.alloc(KEY_BYTES), Buffer.from('x'), Buffer.alloc(0));
    expect(() => decrypt(Buffer.alloc(KEY_BYTES), { iv, ciphertext, tag: tag.subarray(0, 4) }, Buffer.alloc(0))).toThrow();
  });

  it('finds any single bit that was changed, wherever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 20 }), fc.nat(), (plain, aad, bit) => {
        const encrypted = encrypt(Buffer.alloc(KEY_BYTES, 7), Buffer.from(plain), Buffer.from(aad));
        const parts = { ...encrypted, aad: Buffer.from(aad), key: Buffer.alloc(KEY_BYTES, 7) };
        const bits = Object.values(parts).reduce((sum, part) => sum + part.length * 8, 0);
        flip(Object.values(parts), bit % bits);
        expect(() => decrypt(parts.key, parts, parts.aad)).toThrow();
      }),
    );
  });
});

function flip(parts: readonly Buffer[], bit: number): void {
  let rest = bit;
  for (const part of parts) {
    if (rest < part.length * 8) {
      part.writeUInt8(part.readUInt8(rest >> 3) ^ (1 << (rest & 7)), rest >> 3);
      return;
    }
    rest -= part.length * 8;
  }
}
