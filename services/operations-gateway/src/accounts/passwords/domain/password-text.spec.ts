import { describe, expect, it } from '@jest/globals';
import { normalisedPassword, textFaultOf } from './password-text.js';

describe('the text of a password', () => {
  it.each([
    ['', 'PASSWORD_TOO_SHORT'],
    ['eleven char', 'PASSWORD_TOO_SHORT'],
    ['            ', 'PASSWORD_TOO_SHORT'],
    ['\u3000'.repeat(12), 'PASSWORD_TOO_SHORT'],
    ['    short    ', 'PASSWORD_TOO_SHORT'],
    // Eleven letters, though twelve code units.
    ['𠮷aaaaaaaaaa', 'PASSWORD_TOO_SHORT'],
    ['x'.repeat(257), 'PASSWORD_TOO_LONG'],
    ['li.na-and-more', 'PASSWORD_HAS_USERNAME'],
    ['my name is LI.NA', 'PASSWORD_HAS_USERNAME'],
    ['ｌｉ．ｎａ-and-more', 'PASSWORD_HAS_USERNAME'],
    ['138 0013-8000 1990', 'PASSWORD_COMMON'],
    ['44030519900101123', 'PASSWORD_COMMON'],
  ])('%j is refused with %s', (password, code) => {
    expect(textFaultOf(password, 'Li.Na')).toBe(code);
  });

  it.each(['a-long-enough-password', '我的密码是这个你猜不到哦', ' spaces at both ends ', 'x'.repeat(256)])('%j has no fault', (password) => {
    expect(textFaultOf(password, 'Li.Na')).toBeUndefined();
  });

  it('is not refused for a user name so short that it is in it by chance, and is for being part of a long one', () => {
    expect(textFaultOf('a-long-enough-password', 'lo')).toBeUndefined();
    expect(textFaultOf('inspector-of-the', 'inspector-of-the-district')).toBe('PASSWORD_HAS_USERNAME');
  });

  it('is the same however Unicode writes its letters', () => {
    expect(normalisedPassword('cafe\u0301 １２３')).toBe('caf\u00e9 123');
  });
});
