import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { AuditUnderTest } from './audit-under-test.fixture.js';

const id = randomUUID();
const PERIOD = 'from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z';
const CHECKERS: readonly Role[] = ['auditor', 'evaluator'];

/** Every door of the service, and who may open it. */
const DOORS: readonly (readonly [path: string, roles: readonly Role[]])[] = [
  ['events', CHECKERS],
  ['events?q=lift', CHECKERS],
  ['events/count', CHECKERS],
  [`events/${id}`, CHECKERS],
  [`events/${id}/story`, CHECKERS],
  [`proof/${id}`, CHECKERS],
  [`evidence/cases/${id}`, CHECKERS],
  [`evidence/people/${id}?${PERIOD}`, CHECKERS],
  [`evidence/evaluations/${id}`, CHECKERS],
  ['log/tile/entries/000', ['auditor']],
];

describe('the doors of the record', () => {
  let audit: AuditUnderTest;

  beforeAll(async () => {
    audit = await AuditUnderTest.start();
    await eventually(async () => {
      await audit.ask('/api/audit/events', {}); // is itself on the record
      expect((await audit.ask('/api/audit/log/checkpoint', {})).status).toBe(200);
    });
  });
  afterAll(() => audit.stop());

  const codeAt = async (path: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(`${await audit.url()}/api/audit/${path}`, { headers });
    const { code } = response.ok ? { code: 'OPEN' } : ((await response.json()) as { code: string });
    if (response.ok) await response.body?.cancel();
    return code;
  };

  it.each(DOORS)('%s is closed to every other role, and to nobody', async (path, roles) => {
    for (const role of ROLES) {
      const code = await codeAt(path, { authorization: await audit.authorization({ roles: [role] }) });
      expect([role, code === 'ROLE_NOT_ALLOWED']).toEqual([role, !roles.includes(role)]);
    }
    expect(await codeAt(path, {})).toBe('TOKEN_MISSING');
    expect(await codeAt(path, { authorization: 'Bearer none' })).toBe('TOKEN_INVALID');
    expect(await codeAt(path, { authorization: await audit.authorization({ roles: [] }) })).toBe('ROLE_NOT_ALLOWED');
  });

  it('to entries of the log is closed to an auditor of one area, however its address is spelled', async () => {
    for (const path of ['log/tile/entries/000.p/1', 'log/tile/entries/..%2Fentries/000.p/1', 'log/tile/entries/000.p/1/']) {
      expect(await codeAt(path, { authorization: await audit.authorization({ areaCodes: ['440305'] }) })).toBe('AREA_OUT_OF_SCOPE');
    }
  });

  it.each(['log/tile/ENTRIES/000', 'log/tile/Entries/000.p/1', 'LOG/tile/entries/000', 'log/tile/%65ntries/000.p/1', 'log/tile/0/..%2Fentries/000.p/1', 'log/tile/0/../entries%2F000', 'log/tile//entries/000.p/1', 'log/tile/0/000.p/1%2F..%2F..%2F..%2Fcheckpoint', 'log/tile/..%2f..%2flog.key', 'log/tile/0/%2e%2e/%2e%2e/%2e%2e/log.key'])(
    'to hashes leads nowhere else: %s',
    async (path) => {
      expect(['TILE_NOT_FOUND', 'NOT_FOUND', 'TOKEN_MISSING', 'REQUEST_INVALID']).toContain(await codeAt(path, {}));
    },
  );

  it.each([
    ['limit=0', 'VALIDATION_FAILED'], ['limit=-1', 'VALIDATION_FAILED'], ['limit=1e9', 'LIMIT_TOO_HIGH'], ['limit=501', 'LIMIT_TOO_HIGH'], ['limit=x', 'VALIDATION_FAILED'], ['limit=1.5', 'VALIDATION_FAILED'],
    [`after=${'9'.repeat(101)}`, 'VALIDATION_FAILED'], ['cursor=%27%3B--', 'VALIDATION_FAILED'], ['cursor=', 'VALIDATION_FAILED'], ['after=1&after=2', 'VALIDATION_FAILED'], ['cursor[x]=1', 'VALIDATION_FAILED'],
    ['subject=a%00b', 'TEXT_HAS_NUL'], ['q=%00', 'TEXT_HAS_NUL'], [`q=${'x'.repeat(201)}`, 'VALIDATION_FAILED'], ['at=2026-11-22T00:00:00Z', 'AT_NOT_SUPPORTED'], ['area=4403', 'VALIDATION_FAILED'], ['nonsense=1', 'VALIDATION_FAILED'],
    [`person=${Array.from({ length: 21 }, () => randomUUID()).join(',')}`, 'VALIDATION_FAILED'], ['from=2026-13-01T00:00:00Z', 'VALIDATION_FAILED'],
    [`after=${'9'.repeat(100)}`, 'OPEN'], ['after=----', 'OPEN'], ['subject=%27%20OR%201=1--', 'OPEN'], ['from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z', 'OPEN'],
  ])('answers a search with %s by %s', async (query, code) => {
    expect(await codeAt(`events?${query}`, { authorization: await audit.authorization() })).toBe(code);
  });
});
