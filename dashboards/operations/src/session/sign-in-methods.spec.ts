import { describe, expect, it } from '@jest/globals';
import { providerUrl, refusalOfPage } from './sign-in-methods.js';

const START = '/api/auth/oidc/start';

describe('the way to the organisation’s sign-in', () => {
  it('names the page to come back to, without what the last try said', () => {
    expect(providerUrl(START, { pathname: '/cases', search: '?case=7&signInError=OIDC_DENIED' }, null)).toBe(`${START}?returnTo=%2Fcases%3Fcase%3D7`);
    expect(providerUrl(START, { pathname: '/', search: '?signInError=OIDC_STATE_WRONG' }, 'OIDC_STATE_WRONG')).toBe(`${START}?returnTo=%2F`);
  });

  it('asks for another account when this one is the reason', () => {
    expect(providerUrl(START, { pathname: '/', search: '' }, 'OIDC_ROLE_MISSING')).toBe(`${START}?returnTo=%2F&prompt=login`);
  });

  it('takes a code for a reason and nothing else', () => {
    expect(refusalOfPage('?signInError=OIDC_AREA_MISSING')).toBe('OIDC_AREA_MISSING');
    expect(refusalOfPage('?signInError=<b>')).toBeNull();
    expect(refusalOfPage('')).toBeNull();
  });
});
