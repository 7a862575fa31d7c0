import { describe, expect, it } from '@jest/globals';
import { tokenOf } from '../front-door/caller.js';
import { isForeignPage, isSameOrigin } from './same-origin.js';
import { sessionOf } from './session-cookie.js';

const host = 'brain.example:8080';

describe('whether our own page is asking', () => {
  it.each([
    [{ host, 'sec-fetch-site': 'same-origin' }, true, false],
    [{ host, 'sec-fetch-site': 'none' }, true, false],
    [{ host, 'sec-fetch-site': 'same-site' }, false, true],
    [{ host, 'sec-fetch-site': 'cross-site', origin: `http://${host}` }, false, true],
    [{ host, origin: `http://${host}` }, true, false],
    [{ host, origin: 'http://evil.example' }, false, true],
    [{ host, origin: 'null' }, false, true],
    [{ host }, false, false],
  ])('%p', (headers, ours, foreign) => {
    expect(isSameOrigin(headers)).toBe(ours);
    expect(isForeignPage(headers)).toBe(foreign);
  });
});

describe('the session cookie', () => {
  it.each([
    ['brain_session=abc.def', 'abc.def'],
    ['theme=dark; brain_session=a=b; x=y', 'a=b'],
    ['not_brain_session=abc', undefined],
    ['brain_session=', undefined],
    [undefined, undefined],
  ])('of %p is %p', (header, session) => {
    expect(sessionOf(header)).toBe(session);
  });
});

describe('the token a request carries', () => {
  const cookie = 'brain_session=from-cookie';

  it('is the bearer’s before the cookie’s', () => {
    expect(tokenOf('POST', { authorization: 'Bearer from-header', cookie })).toBe('from-header');
  });

  it('is read from the cookie for reading, and for a change asked for by our own page', () => {
    expect(tokenOf('GET', { cookie })).toBe('from-cookie');
    expect(tokenOf('POST', { cookie, host, origin: `http://${host}` })).toBe('from-cookie');
  });

  it('is refused when another page, or nobody knows who, asks for a change with the cookie', () => {
    for (const headers of [{ cookie, host, origin: 'http://evil.example' }, { cookie, host }]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        expect(() => tokenOf(method, headers)).toThrow(expect.objectContaining({ code: 'CROSS_ORIGIN_REFUSED' }));
      }
    }
  });

  it('is absent when there is none', () => {
    expect(tokenOf('POST', { host })).toBeUndefined();
  });
});
