import { describe, expect, it } from '@jest/globals';
import { PasswordPolicy } from './password-policy.js';

describe('the password policy', () => {
  const policy = new PasswordPolicy();
  const codeOf = async (password: string): Promise<string> => {
    try {
      await policy.require(password, { username: 'wang.min', name: '王敏' }, 'newPassword');
      return 'taken';
    } catch (error) {
      expect(error).toMatchObject({ details: { errors: [{ path: 'newPassword' }] } });
      return (error as { readonly code: string }).code;
    }
  };

  it.each([
    '123456789012', 'password1234', 'Password123!', 'qwertyuiop12', 'qwertyuiop[]', 'aaaaaaaaaaaa', 'abcabcabcabc', '1qaz2wsx3edc',
    'woaini1314520', 'woaini1314woaini', 'wodemima123456', 'zhongguo1949', 'guanliyuan123', 'woshiguanliyuan', 'shequdanao2026', '5201314520131', '１２３４５６７８９０１２',
    '社区大脑社区大脑社区大脑', '19900101199001', 'Admin@123456',
  ])('refuses the common %s', async (password) => {
    expect(await codeOf(password)).toBe('PASSWORD_COMMON');
  });

  it.each([
    ['            ', 'PASSWORD_TOO_SHORT'],
    ['woaini1314', 'PASSWORD_TOO_SHORT'],
    ['wang.min-2026!', 'PASSWORD_HAS_USERNAME'],
    ['y'.repeat(1000), 'PASSWORD_TOO_LONG'],
  ])('refuses %j with %s', async (password, code) => {
    expect(await codeOf(password)).toBe(code);
  });

  it.each(['correct horse battery', 'xK9$mQ2vLp7w', '雨天的电梯不等人也不停呀', '春眠不觉晓处处闻啼鸟夜来', 'a-long-enough-password'])('takes %j', async (password) => {
    expect(await codeOf(password)).toBe('taken');
  });
});
