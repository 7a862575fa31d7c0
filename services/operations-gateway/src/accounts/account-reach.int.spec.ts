import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '@brain/contracts';
import { GatewayUnderTest, type Answer } from '../gateway-under-test.fixture.js';

const WITHIN = '440305';
/** What an account covers, and who manages it: somebody of one district, or only somebody of the whole installation. */
const ACCOUNTS = [
  ['within it', ['440305001'], 'district'],
  ['the district', [WITHIN], 'district'],
  ['two in it', ['440305001', '440305002'], 'district'],
  ['another district', ['440306'], 'whole'],
  ['also another district', ['440305001', '440306'], 'whole'],
  ['nothing', [], 'whole'],
] as const;
const COMMANDS = ['read', 'change', 'set-password', 'disable', 'enable'] as const;

describe('the reach of a security administrator of one district', () => {
  let gateway: GatewayUnderTest;
  let whole: Readonly<Record<string, string>>;
  let district: Readonly<Record<string, string>>;
  const accounts = new Map<string, string>();

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
    whole = { authorization: `Bearer ${(await gateway.signIn('security-administrator')).token}` };
    district = { authorization: `Bearer ${await gateway.tokenFor({ roles: ['security-administrator'], areaCodes: [WITHIN] })}` };
    for (const [at, [what, areaCodes]] of ACCOUNTS.entries()) {
      const made = await gateway.post('/api/accounts', { username: `account-${String(at)}`, name: what, roles: ['evaluator'], areaCodes }, whole);
      accounts.set(what, String(made.body.accountId));
    }
    const { body } = await gateway.request('/api/accounts', { headers: whole });
    accounts.set('everything', (body.items as readonly Account[]).find(({ username }) => username === 'administrator')?.accountId ?? '');
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const command = (name: (typeof COMMANDS)[number], what: string, headers: Readonly<Record<string, string>>): Promise<Answer> => {
    const path = `/api/accounts/${accounts.get(what) ?? ''}`;
    switch (name) {
      case 'read':
        return gateway.request(path, { headers });
      case 'change':
        return gateway.put(path, { name: 'changed', roles: ['evaluator'], areaCodes: [WITHIN], staffId: null }, headers);
      case 'set-password':
        return gateway.post(`${path}/password`, {}, headers);
      case 'disable':
      case 'enable':
        return gateway.post(`${path}/${name}`, {}, headers);
    }
  };
  const outside = { status: 403, body: { code: 'AREA_OUT_OF_SCOPE' } };
  const notThere = { status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } };

  it.each([...ACCOUNTS.filter(([, , who]) => who === 'whole').map(([what]) => what), 'everything'])('ends before an account of %s, with every command', async (what) => {
    const before = await command('read', what, whole);
    for (const name of COMMANDS) expect([name, await command(name, what, district)]).toMatchObject([name, notThere]);
    expect((await command('read', what, whole)).body).toEqual(before.body);
  });

  it.each(ACCOUNTS.filter(([, , who]) => who === 'district').map(([what]) => what))('has an account of %s, with every command', async (what) => {
    for (const name of COMMANDS) expect([name, (await command(name, what, district)).status]).toEqual([name, 200]);
  });

  it('is what is listed, no more and no less', async () => {
    const { body } = await gateway.request('/api/accounts', { headers: district });
    const listed = (body.items as readonly Account[]).map(({ accountId }) => accountId);
    const reached = ACCOUNTS.filter(([, , who]) => who === 'district').map(([what]) => accounts.get(what));
    expect(reached.every((id) => id !== undefined && listed.includes(id))).toBe(true);
    for (const what of [...ACCOUNTS.filter(([, , who]) => who === 'whole').map(([name]) => name), 'everything']) expect(listed).not.toContain(accounts.get(what));
  });

  it.each(ACCOUNTS)('is what it can give at the creation: %s', async (what, areaCodes, who) => {
    const body = { username: `made-${String(accounts.get(what)).slice(0, 8)}`, name: what, roles: ['evaluator'], areaCodes };
    const answer = await gateway.post('/api/accounts', body, district);
    expect(answer).toMatchObject(who === 'district' ? { status: 201 } : outside);
  });

  it('cannot be widened by giving an account less than it has, or nothing', async () => {
    const rights = { name: 'x', roles: ['evaluator'], staffId: null };
    for (const areaCodes of [[], ['440306']]) {
      expect(await gateway.put(`/api/accounts/${accounts.get('within it') ?? ''}`, { ...rights, areaCodes }, district)).toMatchObject(outside);
    }
  });
});
