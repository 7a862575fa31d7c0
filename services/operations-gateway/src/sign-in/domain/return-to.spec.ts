import { describe, expect, it } from '@jest/globals';
import { safeReturnTo } from './return-to.js';

describe('where a person goes after signing in', () => {
  it.each(['/', '/cases', '/cases?case=1&x=%2F', '/alerts?alert=a#reading'])('is the page asked for: %s', (page) => {
    expect(safeReturnTo(page)).toBe(page);
  });

  it.each([
    [undefined],
    [''],
    ['cases'],
    ['https://evil.example/'],
    ['//evil.example'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['/.//evil.example'],
    ['/%2e//evil.example'],
    ['javascript:alert(1)'],
    ['/api/auth/oidc/start'],
    ['/cases/../api'],
  ])('is the front page for %p', (asked) => {
    expect(safeReturnTo(asked)).toBe('/');
  });
});
