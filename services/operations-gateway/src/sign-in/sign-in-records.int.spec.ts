import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import { GatewayUnderTest, PASSWORDS } from '../gateway-under-test.fixture.js';

const TYPED_IN_THE_WRONG_FIELD = 'My-Secret-Passw0rd';

describe('the record of sign-ins', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({
      GATEWAY_SIGN_IN_ATTEMPTS: '3',
      GATEWAY_SIGN_IN_WINDOW_SECONDS: '2',
      GATEWAY_TRUSTED_PROXIES: 'loopback',
    });
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const signIn = (username: string, password: string, address: string) =>
    gateway.post('/api/auth/login', { username, password }, { 'x-forwarded-for': address });
  const failures = async (address: string) => (await gateway.recorded('sign-in-failed')).map(({ data }) => data).filter((data) => data.address === address);

  it('says who came, how, from where, and who left, before they are answered', async () => {
    const { body, headers } = await signIn('operator', PASSWORDS.operator, '203.0.113.1');
    const { id } = body.user as { readonly id: string };
    expect((await gateway.recorded('signed-in')).at(-1)).toMatchObject({
      metadata: { actor: { type: 'user', id } },
      data: { accountId: id, method: 'password', address: '203.0.113.1' },
    });
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await gateway.request('/api/auth/logout', { method: 'POST', headers: { cookie, origin: await gateway.url(), 'x-forwarded-for': '203.0.113.2' } });
    const { sessionId } = (await gateway.recorded('signed-in')).at(-1)?.data ?? {};
    expect((await gateway.recorded('signed-out.v2')).map(({ data }) => data)).toEqual([{ accountId: id, sessionId, method: 'password', by: 'person', address: '203.0.113.2' }]);
  });

  it('names the account of a wrong password, and never shows a name that belongs to nobody', async () => {
    await signIn('operator', 'guess', '203.0.113.3');
    await signIn(TYPED_IN_THE_WRONG_FIELD, 'guess', '203.0.113.3');
    await signIn(TYPED_IN_THE_WRONG_FIELD.toLowerCase(), 'guess', '203.0.113.3');
    const [wrong, unknown, again] = await failures('203.0.113.3');
    expect(wrong).toMatchObject({ accountId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown, unknownName: null, code: 'CREDENTIALS_WRONG', count: 1 });
    expect(unknown).toMatchObject({ accountId: null, unknownName: expect.stringMatching(/^[\w-]{22}$/) as unknown, code: 'CREDENTIALS_WRONG' });
    expect(again?.unknownName).toBe(unknown?.unknownName);
    expect(JSON.stringify(await gateway.recorded('sign-in-failed'))).not.toMatch(new RegExp(TYPED_IN_THE_WRONG_FIELD, 'i'));
  });

  it('tells how often somebody went on after being locked out, in one record', async () => {
    for (let tries = 0; tries < 9; tries += 1) await signIn('administrator', 'guess', '203.0.113.4');
    const codes = async () => (await failures('203.0.113.4')).map(({ code, count }) => [code, count]);
    const wrong = ['CREDENTIALS_WRONG', 1];
    expect(await codes()).toEqual([wrong, wrong, wrong, ['RATE_LIMITED', 1]]);
    await eventually(async () => expect(await codes()).toEqual([wrong, wrong, wrong, ['RATE_LIMITED', 1], ['RATE_LIMITED', 5]]), { timeoutMs: 30_000 });
  });

  it('has the refused answer of an identity provider, nobody’s, when it belongs to no sign-in that was begun', async () => {
    await gateway.request('/api/auth/oidc/callback?code=stolen&state=guessed', { headers: { 'x-forwarded-for': '203.0.113.6' } });
    expect(await failures('203.0.113.6')).toEqual([expect.objectContaining({ method: 'identity-provider', accountId: null, unknownName: null, code: 'OIDC_STATE_WRONG', count: 1 })]);
  });

  it('has the renewal of a sign-in that has ended, and not the page that opens without one', async () => {
    const id = randomUUID();
    const renew = (headers: Readonly<Record<string, string>>) => gateway.post('/api/auth/refresh', {}, { ...headers, 'x-forwarded-for': '203.0.113.7' });
    expect((await renew({})).status).toBe(401);
    expect((await renew({ authorization: `Bearer ${await gateway.tokenFor({ id }, 60, Date.now() - 120_000)}` })).status).toBe(401);
    expect(await failures('203.0.113.7')).toEqual([expect.objectContaining({ method: 'password', accountId: id, unknownName: null, code: 'TOKEN_EXPIRED', count: 1 })]);
  });

  it('believes no address but that of a trusted proxy’s client', async () => {
    await signIn('operator', 'guess', '198.51.100.9, 203.0.113.5');
    expect(await failures('203.0.113.5')).toHaveLength(1);
    expect(await failures('198.51.100.9')).toEqual([]);
  });
});

describe('the record of what was refused and of what was shown', () => {
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  it('has the key that signs the sign-ins, once for all starts with it', async () => {
    await gateway.restart();
    const keys = (await gateway.recorded('session-key-changed')).map(({ data, metadata }) => ({ ...data, by: metadata.actor.id }));
    expect(keys).toEqual([{ keyId: expect.stringMatching(/^[\w-]{43}$/) as unknown, before: null, by: 'configuration' }]);
  });

  it('has every refused command: who, what, why, from where — nobody’s too', async () => {
    const { token } = await gateway.signIn('operator');
    const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': '198.51.100.1' };
    await gateway.post('/api/dead-letters/17/replay', {}, headers);
    await gateway.post('/api/accounts', { password: 'not-for-the-record' }, headers);
    await gateway.post('/api/cases/0190c8f2-7a1b-7c3d-8e4f-5a6b7c8d9e0f/close', {});
    const refused = await gateway.recorded('command-refused');
    expect(refused.map(({ data }) => [data.command, data.target, data.code, data.status, data.address])).toEqual([
      ['POST /api/dead-letters/:id/replay', '17', 'ROLE_NOT_ALLOWED', 403, '127.0.0.1'],
      ['POST /api/accounts', null, 'ROLE_NOT_ALLOWED', 403, '127.0.0.1'],
      ['POST /api/cases', null, 'TOKEN_MISSING', 401, '127.0.0.1'],
    ]);
    const [first, , last] = refused.map(({ metadata }) => metadata.actor);
    expect(first?.id).toMatch(/^[\da-f-]{36}$/);
    expect(last).toEqual({ type: 'user', id: 'anonymous' });
    expect(JSON.stringify(refused)).not.toContain('not-for-the-record');
  });

  it('has who looked at the accounts and how many they saw, asked again and again only once', async () => {
    const { token } = await gateway.signIn('security-administrator');
    const ask = () => gateway.request('/api/accounts', { headers: { authorization: `Bearer ${token}` } });
    const { body } = await ask();
    await Promise.all([ask(), ask(), ask()]);
    const read = await gateway.recorded('personal-data-read');
    expect(read.map(({ data }) => data)).toEqual([expect.objectContaining({ kind: 'account', records: (body.items as unknown[]).length, result: 'given', count: 1 })]);
    await gateway.restart();
    const counted = (await gateway.recorded('personal-data-read')).at(-1);
    expect(counted?.data).toMatchObject({ kind: 'account', count: 3 });
  });
});
