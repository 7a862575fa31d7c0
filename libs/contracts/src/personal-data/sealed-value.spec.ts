import { describe, expect, it } from '@jest/globals';
import { isSealed } from './sealed-value.js';

const sealed = { alg: 'A256GCM', key: '0190f2f2-7a52-7cc4-8e1b-0d6f3f1f0a11', iv: 'AAECAwQFBgcICQoL', ciphertext: '_-8', tag: 'AAECAwQFBgcICQoLDA0ODw' };

describe('a sealed value', () => {
  it('is known by its five fields', () => expect(isSealed(sealed)).toBe(true));

  it.each([
    ['another way to encrypt', { ...sealed, alg: 'A128GCM' }],
    ['a key that is no UUID', { ...sealed, key: 'person-1' }],
    ['bytes that are not base64url', { ...sealed, tag: 'AA+/' }],
    ['a missing part', { ...sealed, iv: undefined }],
    ['an empty part', { ...sealed, ciphertext: '' }],
    ['a part that is no text', { ...sealed, ciphertext: ['_-8'] }],
    ['a further field', { ...sealed, name: '张三' }],
    ['its JSON', JSON.stringify(sealed)],
    ['nothing', null],
  ])('is not %s', (_, value) => expect(isSealed(value)).toBe(false));
});
