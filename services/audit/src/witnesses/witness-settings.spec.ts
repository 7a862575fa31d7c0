import { describe, expect, it } from '@jest/globals';
import { generateSigningKey } from '@brain/verifiable-log';
import { witnessList } from './witness-settings.js';

const one = generateSigningKey('one.example', 'cosignature/v1').vkey;
const other = generateSigningKey('other.example', 'cosignature/v1').vkey;
const ofLog = generateSigningKey('log.example').vkey;

describe('the witnesses of the environment', () => {
  it('are none, one, or several with commas or line ends between', () => {
    expect(witnessList.parse(undefined)).toEqual([]);
    expect(witnessList.parse(' ')).toEqual([]);
    expect(witnessList.parse(`${one} https://one.example`)).toEqual([{ vkey: one, url: 'https://one.example' }]);
    expect(witnessList.parse(`${one} https://one.example,\n${other} http://other.example:8790/w`)).toHaveLength(2);
  });

  it.each([
    ['no address', one],
    ['no key', 'https://one.example'],
    ['the key of a log', `${ofLog} https://one.example`],
    ['an address that is none', `${one} one.example`],
    ['something more', `${one} https://one.example more`],
  ])('are refused with %s', (_, text) => {
    expect(witnessList.safeParse(text).success).toBe(false);
  });
});
