import { describe, expect, it } from '@jest/globals';
import { browserNameOf } from './browser-name.js';

describe('the name of a browser', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36', 'Chrome 142', 'Windows 10'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140', 'Linux'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1', 'Safari 17', 'iOS 17.4'],
    ['curl/8.5.0', null, null],
  ])('is read from %s', (userAgent, browser, system) => {
    expect(browserNameOf(userAgent)).toEqual({ browser, system });
  });

  it.each([null, '', '\u0000', '('.repeat(400)])('is unknown when nothing sensible is said', (userAgent) => {
    expect(() => browserNameOf(userAgent)).not.toThrow();
    expect(browserNameOf(userAgent).system).toBeNull();
  });
});
