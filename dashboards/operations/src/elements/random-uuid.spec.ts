import { describe, expect, it } from '@jest/globals';
import { isUuid, randomUuid } from './random-uuid.js';

describe('an id made in the browser', () => {
  it('is a UUID of version 4, and another one each time', () => {
    const made = Array.from({ length: 50 }, randomUuid);
    expect(made.filter((id) => !isUuid(id) || id[14] !== '4')).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
  });

  it.each(['', '王芳', '018f0000-0000-7000-8000', '018f0000-0000-0000-8000-0000000000a1', '018f0000-0000-7000-1000-0000000000a1'])('is not %j', (text) => {
    expect(isUuid(text)).toBe(false);
  });

  it('is recognised however it is written', () => {
    expect(isUuid('018F0000-0000-7000-8000-0000000000A1')).toBe(true);
  });
});
