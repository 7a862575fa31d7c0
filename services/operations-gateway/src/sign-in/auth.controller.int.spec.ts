import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest, PASSWORDS } from '../gateway-under-test.fixture.js';

describe('signing in', () => {
  let gateway: GatewayUnderTest;
  let tries = 0;

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
    const { token } = await gateway.signIn('administrator');
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

  describe('accounts', () => {
    it('are the administrator’s, and never show a hash', async () => {
      const { token, answer } = await newAccount('li.na');
      expect(answer.status).toBe(201);
      const list = await gateway.request('/api/accounts', { headers: bearer(token) });
      expect(JSON.stringify(list.body)).toContain('li.na');
      expect(JSON.stringify(list.body)).not.toMatch(/argon2|password/i);
      const operator = await gateway.signIn('operator');
      expect(await gateway.request('/api/accounts', { headers: bearer(operator.token) })).toMatchObject({
        status: 403,
        body: { code: 'ROLE_NOT_ALLOWED' },
      });
    });

    it('are refused with a taken name, a short password or an area that is none', async () => {
      await newAccount('taken');
      expect((await newAccount('Taken')).answer).toMatchObject({ status: 422, body: { code: 'ACCOUNT_USERNAME_TAKEN' } });
      expect((await newAccount('short', { password: 'short' })).answer.body.errors).toContainEqual(
        expect.objectContaining({ path: 'password' }),
      );
      expect((await newAccount('everywhere', { areaCodes: ['*'] })).answer.status).toBe(400);
    });

    it('cannot reach beyond the administrator’s own areas', async () => {
      const token = await gateway.tokenFor({ roles: ['administrator'], areaCodes: ['440306'] });
      const { answer } = await newAccount('elsewhere');
      const body = { username: 'x.y', password: 'a-long-enough-password', name: 'x', roles: ['operator'], areaCodes: ['440305'] };
      expect(await gateway.post('/api/accounts', body, bearer(token))).toMatchObject({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE' } });
      const disable = `/api/accounts/${String(answer.body.accountId)}/disable`;
      expect(await gateway.post(disable, {}, bearer(token))).toMatchObject({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE' } });
    });

    it('are listed only where the whole account lies within the areas of the administrator', async () => {
      await newAccount('wide', { areaCodes: ['440305', '440306'] });
      await newAccount('near', { areaCodes: ['440306001'] });
      const token = await gateway.tokenFor({ roles: ['administrator'], areaCodes: ['440306'] });
      const { body } = await gateway.request('/api/accounts', { headers: bearer(token) });
      expect((body.items as { username: string }[]).map(({ username }) => username)).toEqual(['near']);
    });

    it('speak for no staff member who works outside the areas of the administrator', async () => {
      const staffId = '018f0000-0000-7000-8000-0000000000a1';
      await gateway.publishValue(TOPICS.workload, staffId, {
        staffId, name: '陈静', areaCodes: ['440305001'], availability: 'on-duty', activity: 'free',
        openCases: 0, overdueCases: 0, dueWithinHour: 0, load: 0, updatedAt: '2026-03-01T10:00:00.000Z',
      });
      const token = await gateway.tokenFor({ roles: ['administrator'], areaCodes: ['440306'] });
      const body = { username: 'as.chen', password: 'a-long-enough-password', name: 'x', roles: ['grid-worker'], areaCodes: ['440306'], staffId };
      await eventually(async () => {
        const answer = await gateway.post('/api/accounts', { ...body, username: `as.chen.${String(tries++)}` }, bearer(token));
        expect(answer).toMatchObject({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE', errors: [{ path: 'staffId' }] } });
      });
      const { answer } = await newAccount('chen', { staffId, roles: ['grid-worker'], areaCodes: ['440305'] });
      expect(answer).toMatchObject({ status: 201, body: { staffId } });
    });

    it('lose their sessions at once when they are disabled or get a new password', async () => {
      const { token, answer } = await newAccount('leaving');
      const account = `/api/accounts/${String(answer.body.accountId)}`;
      const session = async (password: string) => bearer(String((await signIn('leaving', password)).body.accessToken));
      const first = await session('a-long-enough-password');
      await gateway.post(`${account}/password`, { password: 'another-long-password' }, bearer(token));
      expect(await gateway.request('/api/auth/me', { headers: first })).toMatchObject({ status: 401, body: { code: 'TOKEN_REVOKED' } });

      const second = await session('another-long-password');
      expect((await gateway.request('/api/auth/me', { headers: second })).status).toBe(200);
      expect(await gateway.post(`${account}/disable`, {}, bearer(token))).toMatchObject({ status: 200, body: { disabled: true } });
      expect((await gateway.request('/api/auth/me', { headers: second })).status).toBe(401);
      expect(await signIn('leaving', 'another-long-password')).toMatchObject({ status: 401, body: { code: 'CREDENTIALS_WRONG' } });

      await gateway.restart();
      expect((await gateway.request('/api/auth/me', { headers: second })).status).toBe(401);
    });

    it('keep what people made of them when the first accounts’ file is read again', async () => {
      const { token } = await gateway.signIn('administrator');
      const list = await gateway.request('/api/accounts', { headers: bearer(token) });
      const operator = (list.body.items as { accountId: string; username: string }[]).find(({ username }) => username === 'operator');
      const password = 'changed-by-a-person';
      await gateway.post(`/api/accounts/${operator?.accountId ?? ''}/password`, { password }, bearer(token));
      await gateway.restart();
      expect((await signIn('operator', password)).status).toBe(200);
    });
  });
});
