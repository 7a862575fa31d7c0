import { describe, expect, it } from '@jest/globals';
import type { KitRequest } from '../request-context.js';
import { clientAddressOf } from './client-address.js';
import { areaOf, filtersOf, routeOf, targetOf } from './request-facts.js';

const caseId = '0190c8f2-7a1b-7c3d-8e4f-5a6b7c8d9e0f';
/** What these functions look at. */
const request = (given: object): KitRequest => ({ params: {}, query: {}, body: undefined, ...given }) as KitRequest;

describe('what is kept of a refused request', () => {
  it('is its route without the ids, with the name of the command', () => {
    const route = { path: '/api/cases/:caseId/:command' };
    expect(routeOf(request({ route, params: { caseId, command: 'send-back' } }))).toBe('/api/cases/:caseId/send-back');
    expect(routeOf(request({ route, params: { caseId, command: '张三 13800000000' } }))).toBe('/api/cases/:caseId/:command');
    expect(routeOf(request({ routePrefix: '/api/cases' }))).toBe('/api/cases');
  });

  it('is the id it was about, when it looks like an id', () => {
    expect(targetOf(request({ params: { caseId, command: 'close' } }))).toBe(caseId);
    expect(targetOf(request({ params: { caseId: 'somebody’s name' } }))).toBeNull();
    expect(targetOf(request({ params: {} }))).toBeNull();
  });

  it.each<[object, string | null]>([
    [{ body: { areaCode: '440305' } }, '440305'],
    [{ query: { area: '440306001' } }, '440306001'],
    [{ params: { code: '440305' }, body: { areaCode: '440306' } }, '440305'],
    [{ body: { areaCodes: ['440305', '440306'] } }, null],
    [{ body: { areaCode: 'my street 7' } }, null],
    [{ body: ['440305'] }, null],
  ])('is the area that %j names: %p', (given, area) => {
    expect(areaOf(request(given))).toBe(area);
  });

  it('is by what was searched, never for whom', () => {
    expect(filtersOf(request({ query: { q: '张三', limit: '5', area: '440305', '<script>': '1' } }))).toEqual(['area', 'q']);
  });
});

describe('the client’s address', () => {
  const from = (told: string | undefined, remoteAddress?: string) =>
    clientAddressOf({ headers: told === undefined ? {} : { 'x-forwarded-for': told }, socket: { remoteAddress } });

  it('is what the front door says, else the other end of the connection', () => {
    expect(from('203.0.113.7', '127.0.0.1')).toBe('203.0.113.7');
    expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(from(undefined, '::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(from('fe80::1%eth0')).toBe('fe80::1');
    expect(from('unknown', '::1')).toBe('::1');
    expect(from(undefined)).toBeNull();
  });
});
