import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MySession } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest, PASSWORDS } from '../../gateway-under-test.fixture.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PASSWORD = 'a-long-enough-password';

describe('the sessions of an account', () => {
  let gateway: GatewayUnderTest;
  let service: Server;
  let reached: string[] = [];

  beforeAll(async () => {
    service = createServer(({ url = '' }, response) => {
      reached.push(url);
      response.end('{}');
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const address = service.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`;
    gateway = await GatewayUnderTest.start({ GATEWAY_UPSTREAM_CASES: url, GATEWAY_TRUSTED_PROXIES: 'loopback', GATEWAY_SIGN_IN_ATTEMPTS: '100' });
  });
  afterAll(async () => {
    await gateway.stop();
    service.closeAllConnections();
    service.close();
  });

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const administrator = async () => bearer((await gateway.signIn('security-administrator')).token);
  const newPerson = async (username: string): Promise<string> => {
    const body = { username, password: PASSWORD, name: username, roles: ['operator'], areaCodes: ['440305'] };
    return String((await gateway.post('/api/accounts', body, await administrator())).body.accountId);
  };
  const signIn = async (username: string, headers: Readonly<Record<string, string>> = {}, over: object = {}): Promise<string> =>
    String((await gateway.post('/api/auth/login', { username, password: PASSWORD, ...over }, headers)).body.accessToken);
  const sessionsOf = async (token: string) => (await gateway.request('/api/auth/sessions', { headers: bearer(token) })).body.items as readonly MySession[];
  const statusOf = async (token: string, path = '/api/auth/me') => {
    const { status, body } = await gateway.request(path, { headers: bearer(token) });
    return status === 401 ? String(body.code) : status;
  };
  const signedOut = async (accountId: string) => (await gateway.recorded('signed-out.v2')).map(({ data }) => data).filter((data) => data.accountId === accountId);

  it('are listed to the person: since when, from where, with which browser, and which one asks', async () => {
    await newPerson('lister');
    const first = await signIn('lister', { 'user-agent': FIREFOX, 'x-forwarded-for': '203.0.113.9' });
    const second = await signIn('lister', { 'user-agent': 'curl/8.5.0', 'x-forwarded-for': '203.0.113.10' });
    const [newest, other, ...none] = await sessionsOf(second);
    expect(none).toEqual([]);
    expect(newest).toMatchObject({ current: true, method: 'password', address: '203.0.113.10', browser: null, system: null });
    expect(other).toMatchObject({ current: false, address: '203.0.113.9', browser: 'Firefox 140', system: 'Linux' });
    expect(Date.parse(other?.endsAt ?? '') - Date.parse(other?.begunAt ?? '')).toBe(86_400_000);
    expect((await sessionsOf(first)).map(({ current }) => current)).toEqual([true, false]);
  });

  it('end with signing out: its tokens are refused at once, also by services behind, and its connections close', async () => {
    const accountId = await newPerson('leaver');
    const token = await signIn('leaver');
    const renewed = String((await gateway.post('/api/auth/refresh', {}, bearer(token))).body.accessToken);
    const socket = await gateway.connect({ token });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    expect((await gateway.request('/api/cases', { headers: bearer(token) })).status).toBe(200);
    reached = [];
    expect((await gateway.post('/api/auth/logout', {}, bearer(token))).status).toBe(204);
    for (const ended of [token, renewed]) {
      expect([await statusOf(ended), await statusOf(ended, '/api/cases')]).toEqual(['TOKEN_REVOKED', 'TOKEN_REVOKED']);
      expect(await gateway.post('/api/auth/refresh', {}, bearer(ended))).toMatchObject({ status: 401, body: { code: 'TOKEN_REVOKED' } });
    }
    expect(reached).toEqual([]);
    await eventually(() => expect(socket.connected).toBe(false));
    expect(await signedOut(accountId)).toEqual([expect.objectContaining({ method: 'password', by: 'person' })]);
    await gateway.post('/api/auth/logout', {}, bearer(token));
    expect(await signedOut(accountId)).toHaveLength(1);
  });

  it('are ended by the person, one or all others, and the one that asks goes on', async () => {
    const accountId = await newPerson('tidy');
    const [here, there, elsewhere, forgotten] = [await signIn('tidy'), await signIn('tidy'), await signIn('tidy'), await signIn('tidy')];
    const own = (await sessionsOf(there)).find(({ current }) => current)?.sessionId ?? '';
    expect((await gateway.request(`/api/auth/sessions/${own}`, { method: 'DELETE', headers: bearer(here) })).status).toBe(204);
    expect([await statusOf(there), await statusOf(elsewhere), await statusOf(here)]).toEqual(['TOKEN_REVOKED', 200, 200]);
    expect(await gateway.post('/api/auth/sessions/end-others', {}, bearer(here))).toMatchObject({ status: 200, body: { ended: 2 } });
    expect([await statusOf(elsewhere), await statusOf(forgotten), await statusOf(here)]).toEqual(['TOKEN_REVOKED', 'TOKEN_REVOKED', 200]);
    expect((await sessionsOf(here)).map(({ current }) => current)).toEqual([true]);
    expect((await signedOut(accountId)).map(({ by }) => by)).toEqual(['elsewhere', 'elsewhere', 'elsewhere']);
  });

  it('are nobody else’s: those of others are not there to see or to end', async () => {
    await newPerson('mine');
    await newPerson('theirs');
    const [mine, theirs] = [await signIn('mine'), await signIn('theirs')];
    const [session] = await sessionsOf(theirs);
    const answer = await gateway.request(`/api/auth/sessions/${session?.sessionId ?? ''}`, { method: 'DELETE', headers: bearer(mine) });
    expect(answer).toMatchObject({ status: 404, body: { code: 'SESSION_NOT_FOUND' } });
    expect([await statusOf(theirs), (await sessionsOf(mine)).length]).toEqual([200, 1]);
  });

  it('end with a password of one’s own, but for the one that chose it', async () => {
    await newPerson('changer');
    const before = await signIn('changer');
    const after = await signIn('changer', {}, { newPassword: 'quite-another-secret-7' });
    expect([await statusOf(before), await statusOf(after)]).toEqual(['TOKEN_REVOKED', 200]);
    expect((await sessionsOf(after)).map(({ current }) => current)).toEqual([true]);
  });

  it('end with the account: disabled and enabled again it has none', async () => {
    const accountId = await newPerson('stopped');
    const token = await signIn('stopped');
    const headers = await administrator();
    await gateway.post(`/api/accounts/${accountId}/disable`, {}, headers);
    expect(await statusOf(token)).toBe('TOKEN_REVOKED');
    await gateway.post(`/api/accounts/${accountId}/enable`, {}, headers);
    const again = await signIn('stopped');
    expect([await statusOf(token), (await sessionsOf(again)).length]).toEqual(['TOKEN_REVOKED', 1]);
  });

  it('are a hundred at most: the one that was not used for longest ends with the next sign-in', async () => {
    const accountId = await newPerson('script');
    await gateway.sql(
      `INSERT INTO sessions (session_id, account_id, method, begun_at, renewed_at, expires_at, ends_at)
       SELECT gen_random_uuid(), $1, 'password', seen, seen, now() + interval '1 hour', now() + interval '1 hour'
       FROM (SELECT now() - nth * interval '1 minute' AS seen FROM generate_series(1, 100) AS nth) AS times`,
      [accountId],
    );
    await gateway.restart();
    const token = await signIn('script');
    const sessions = await sessionsOf(token);
    expect([sessions.length, sessions[0]?.current]).toEqual([100, true]);
    expect(Date.now() - Date.parse(sessions.at(-1)?.seenAt ?? '')).toBeLessThan(100 * 60_000);
    expect((await signedOut(accountId)).map(({ by }) => by)).toEqual(['newer-sign-in']);
  });

  it('outlive a restart, those that were ended do not', async () => {
    await newPerson('patient');
    const [kept, ended] = [await signIn('patient', { 'user-agent': FIREFOX }), await signIn('patient')];
    await gateway.post('/api/auth/logout', {}, bearer(ended));
    await gateway.restart();
    expect([await statusOf(kept), await statusOf(ended)]).toEqual([200, 'TOKEN_REVOKED']);
    expect(await sessionsOf(kept)).toEqual([expect.objectContaining({ current: true, browser: 'Firefox 140' })]);
  });
});

describe('a session that is renewed again and again', () => {
  it('has a last day: no token lives beyond it, and it is not renewed any more', async () => {
    const gateway = await GatewayUnderTest.start({ GATEWAY_SESSION_MAX_SECONDS: '3' });
    try {
      const login = await gateway.post('/api/auth/login', { username: 'operator', password: PASSWORDS.operator });
      expect(login.body.expiresIn).toBe(3);
      let token = String(login.body.accessToken);
      const refusal = await eventually(async () => {
        const answer = await gateway.post('/api/auth/refresh', {}, { authorization: `Bearer ${token}` });
        if (answer.status === 200) {
          expect(answer.body.expiresIn).toBeLessThan(4);
          token = String(answer.body.accessToken);
        }
        expect(answer.status).toBe(401);
        return answer;
      });
      expect(['TOKEN_EXPIRED', 'TOKEN_REVOKED']).toContain(refusal.body.code);
      expect((await gateway.request('/api/auth/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    } finally {
      await gateway.stop();
    }
  });
});
