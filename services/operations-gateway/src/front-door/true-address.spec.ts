import { describe, expect, it } from '@jest/globals';
import { trueAddressOf } from './true-address.js';

const PROXIES = ['10.0.0.1', '10.0.0.2'];
const isTrusted = (address: string): boolean => PROXIES.includes(address);

describe('where a connection comes from', () => {
  it.each<[string, string, string | undefined, string]>([
    ['the other end', '203.0.113.7', undefined, '203.0.113.7'],
    ['the other end, whatever it says of itself', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['what the nearest proxy of ours saw', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['what the farthest proxy of ours saw, and not what it was told', '10.0.0.1', '198.51.100.1, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    ['our own farthest proxy', '10.0.0.1', '10.0.0.2', '10.0.0.2'],
  ])('is %s', (_, remoteAddress, told, address) => {
    const headers = told === undefined ? {} : { 'x-forwarded-for': told };
    expect(trueAddressOf({ headers, socket: { remoteAddress } }, isTrusted)).toBe(address);
  });
});
