import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayUnderTest, PASSWORDS } from '../gateway-under-test.fixture.js';

describe('signing in', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ GATEWAY_SIGN_IN_ATTEMPTS: '3', GATEWAY_COOKIE_SECURE: 'true' });
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const signIn = (username: string, password: string, headers: Record<string, string> = {}) =>
    gateway.post('/api/auth/login', { username, password }, headers);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const newAccount = async (username: string, over: object = {}) => {
    const { token } = await gateway.signIn('security-administrator');
    const body = { username, password: 'a-long-enough-password', name: username, roles: ['operator'], areaCodes: ['440305'], ...over };
    return { token, answer: await gateway.post('/api/accounts', body, bearer(token)) };
  };

  it('gives a token and an http-only, same-site, secure cookie for the right password', async () => {
    const answer = await signIn('Operator', PASSWORDS.operator);
    expect(answer).toMatchObject({
      status: 200,
      body: { expiresIn: 28_800, user: { username: 'operator', name: '值班员', roles: ['operator'], areaCodes: ['440305'] } },
    });
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    for (const part of ['brain_session=', 'HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/']) expect(cookie).toContain(part);
    const me = await gateway.request('/api/auth/me', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(me).toMatchObject({ status: 200, body: { user: { username: 'operator' } } });
  });

  it('tells a browser what it brings and the zone of the installation, before anybody is asked who they are', async () => {
    const methods = (headers: Record<string, string>) => gateway.request('/api/auth/methods', { headers });
    expect(await methods({})).toMatchObject({ status: 200, body: { local: true, signedInBefore: false, timeZone: 'Asia/Shanghai' } });
    const { cookie } = await gateway.signIn('operator');
    expect(await methods({ cookie })).toMatchObject({ body: { signedInBefore: true } });
  });

  it('lets first accounts see everywhere unless told otherwise', async () => {
    expect(await signIn('administrator', PASSWORDS.administrator)).toMatchObject({ body: { user: { areaCodes: ['*'] } } });
  });

  it('does not tell a wrong password from an unknown name', async () => {
    const [wrong, unknown] = await Promise.all([signIn('operator', 'guess'), signIn('nobody', 'guess')]);
    expect(wrong).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } });
    expect(unknown.body).toEqual(wrong.body);
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('is refused for a while after too many tries, also with the right password, and says for how long', async () => {
    await newAccount('hasty');
    for (let tries = 0; tries < 3; tries += 1) expect((await signIn('hasty', 'guess')).status).toBe(401);
    const answer = await signIn('hasty', 'a-long-enough-password');
    expect(answer).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(5);
    expect((await signIn('operator', PASSWORDS.operator)).status).toBe(200);
  });

  it('is refused from another site’s page', async () => {
    const answer = await signIn('operator', PASSWORDS.operator, { origin: 'http://evil.example' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'CROSS_ORIGIN_REFUSED' } });
  });

  it.each<[string, unknown]>([
    ['username', { password: 'x' }],
    ['password', { username: 'x', password: 7 }],
  ])('names the field %s when it is wrong', async (path, body) => {
    const answer = await gateway.post('/api/auth/login', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path }));
  });

  it('slides with a refresh and ends with signing out', async () => {
    const { cookie } = await gateway.signIn('operator');
    const origin = await gateway.url();
    const refreshed = await gateway.post('/api/auth/refresh', {}, { cookie, origin });
    expect(refreshed).toMatchObject({ status: 200, body: { user: { username: 'operator' } } });
    const out = await gateway.request('/api/auth/logout', { method: 'POST', headers: { cookie, origin } });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/brain_session=;.*Expires=Thu, 01 Jan 1970/);
  });
});
