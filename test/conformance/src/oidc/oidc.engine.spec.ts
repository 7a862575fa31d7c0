import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@brain/contracts';
import { COMMUNITY, connectOperations, importAreas, OTHER_COMMUNITY, startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually, freePort } from '@brain/testing';
import { cancelled, signOutAt, wayBack } from './at-the-provider.js';
import { Browser } from './browser.js';
import { newSigningKey, readJwt, writeJwt, type Jwt } from './key-pair.js';
import { OidcServer, type OidcClient } from './oidc-server.js';

const TOKEN_SECONDS = 10;
const CLIENT = { clientId: 'community-brain', clientSecret: 'only-for-this-test' };

interface SignedIn {
  readonly accessToken: string;
  readonly user: { readonly username: string; readonly name: string; readonly roles: readonly Role[]; readonly areaCodes: readonly string[] };
}

describe('signing in with the organisation’s account', () => {
  let idp: OidcServer;
  let product: RunningProduct;

  const gatewayEnv = (client: OidcClient, issuer: string, url: string) => ({
    GATEWAY_AUTH: 'both',
    GATEWAY_PUBLIC_URL: url,
    GATEWAY_OIDC_ISSUER: issuer,
    GATEWAY_OIDC_CLIENT_ID: client.clientId,
    GATEWAY_OIDC_CLIENT_SECRET: client.clientSecret,
    GATEWAY_OIDC_ROLES_CLAIM: 'realm_access.roles',
    GATEWAY_OIDC_TOKEN_SECONDS: String(TOKEN_SECONDS),
  });

  beforeAll(async () => {
    const httpPort = await freePort();
    const url = `http://127.0.0.1:${httpPort}`;
    const client = { ...CLIENT, redirectUri: `${url}/api/auth/oidc/callback`, signedOutUri: `${url}/` };
    idp = await OidcServer.start(client);
    product = await startProduct({ httpPort, env: gatewayEnv(client, idp.issuer, url) });
    await importAreas(product.as('administrator'));
  });
  afterEach(() => {
    idp.forge = undefined;
    idp.isGone = false;
  });
  afterAll(async () => {
    await idp.stop();
    await product.stop();
  });

  const person = (sub: string, roles: readonly string[] = ['operator'], areas: readonly string[] = [COMMUNITY]) =>
    idp.people.set(sub, { name: `${sub} 先生`, preferred_username: sub, realm_access: { roles }, areas });
  const startUrl = (query = '') => `${product.url}/api/auth/oidc/start${query}`;
  const arrive = async (browser: Browser, back: URL | string) => (await browser.request(back)).headers.get('location');
  /** Through the provider's pages and back; where our door sends the browser then. */
  const signIn = async (browser: Browser, who: string, query = '') => arrive(browser, await wayBack(browser, startUrl(query), who));
  const signedIn = async (who: string) => {
    const browser = new Browser();
    expect(await signIn(browser, who)).toBe('/');
    return browser;
  };
  const get = async (browser: Browser, path: string) => {
    const response = await browser.request(product.url + path);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const refresh = async (browser: Browser) => {
    const response = await browser.post(`${product.url}/api/auth/refresh`);
    return { status: response.status, body: (await response.json()) as SignedIn & { readonly code?: string } };
  };
  const withToken = (accessToken: string | undefined) =>
    fetch(`${product.url}/api/auth/me`, { headers: { authorization: `Bearer ${accessToken ?? ''}` } });
  const tokenOf = (browser: Browser) => browser.cookie(product.url, 'brain_session');

  it('is offered beside our own accounts', async () => {
    expect(await get(new Browser(), '/api/auth/methods')).toEqual({
      status: 200,
      body: { local: true, signedInBefore: false, timeZone: 'Asia/Shanghai', oidc: { startUrl: '/api/auth/oidc/start', available: true } },
    });
  });

  it('leads back to the page asked for, with the roles and areas of the claims, which count everywhere', async () => {
    person('limin');
    const browser = new Browser();
    expect(await signIn(browser, 'limin', '?returnTo=%2Fcases%3Fcase%3D7')).toBe('/cases?case=7');
    expect(await get(browser, '/api/auth/me')).toMatchObject({
      body: { user: { username: 'limin', name: 'limin 先生', roles: ['operator'], areaCodes: [COMMUNITY], staffId: null } },
    });
    expect((await get(browser, `/api/alerts?areaCode=${COMMUNITY}`)).status).toBe(200);
    expect(await get(browser, `/api/alerts?areaCode=${OTHER_COMMUNITY}`)).toMatchObject({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE' } });
    expect(await get(browser, '/api/accounts')).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
  });

  it('asks the provider again at every renewal: what it says now is what counts', async () => {
    person('promoted');
    const browser = await signedIn('promoted');
    person('promoted', ['operator', 'auditor'], [OTHER_COMMUNITY]);
    expect(await refresh(browser)).toMatchObject({ status: 200, body: { user: { roles: ['operator', 'auditor'], areaCodes: [OTHER_COMMUNITY] } } });
    expect((await get(browser, `/api/alerts?areaCode=${OTHER_COMMUNITY}`)).status).toBe(200);
  });

  it('speaks for the member of staff that the provider names, once that one is on the register, and for nobody before', async () => {
    const unknown = '018f0000-0000-7000-8000-0000000000aa';
    person('worker');
    idp.people.set('worker', { ...idp.people.get('worker'), staff_id: unknown });
    const browser = await signedIn('worker');
    expect(await get(browser, '/api/auth/me')).toMatchObject({ body: { user: { username: 'worker', staffId: null } } });
    const staff = { name: '陈静', roles: ['grid-worker'], areaCodes: [COMMUNITY], skills: [] };
    const { staffId } = await product.as('administrator').post<{ readonly staffId: string }>('/api/staff', staff);
    idp.people.set('worker', { ...idp.people.get('worker'), staff_id: staffId });
    await eventually(async () => expect(await refresh(browser)).toMatchObject({ status: 200, body: { user: { staffId } } }));
  });

  it('takes two renewals at the same moment for one: no refresh token is used twice', async () => {
    person('two-tabs');
    const browser = await signedIn('two-tabs');
    const both = await Promise.all([refresh(browser), refresh(browser)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await refresh(browser)).status).toBe(200);
  });

  it('goes on when the provider changes its keys', async () => {
    person('steady');
    const before = await signedIn('steady');
    idp.rotateKey();
    expect((await refresh(before)).status).toBe(200);
    await signedIn('steady');
  });

  it('keeps the socket of a page that renews, and closes that of a page that does not', async () => {
    person('watching');
    person('away');
    const [watching, away] = [await signedIn('watching'), await signedIn('away')];
    const first = tokenOf(watching) ?? '';
    const [open, left] = [await connectOperations(product.url, first), await connectOperations(product.url, tokenOf(away) ?? '')];
    const closed = new Promise((resolve) => left.socket.once('disconnect', resolve));
    const ended = { left: false };
    void closed.then(() => (ended.left = true));
    await eventually(
      async () => {
        await refresh(watching);
        expect(ended.left).toBe(true);
      },
      { timeoutMs: 60_000 },
    );
    expect((await withToken(first)).status).toBe(401);
    expect(open.socket.connected).toBe(true);
    open.close();
  });

  it('outlives a crash of the gateway, and a provider that does not answer for a while', async () => {
    person('lasting');
    const browser = await signedIn('lasting');
    await product.kill('operations-gateway');
    await eventually(async () => expect((await refresh(browser)).status).toBe(200), { timeoutMs: 60_000 });
    idp.isGone = true;
    expect(await refresh(browser)).toMatchObject({ status: 200, body: { user: { username: 'lasting' } } });
    expect((await withToken(tokenOf(browser))).status).toBe(200);
  });

  it('ends at once when the provider no longer knows the person', async () => {
    person('dismissed');
    const browser = await signedIn('dismissed');
    idp.people.delete('dismissed');
    expect(await refresh(browser)).toMatchObject({ status: 401, body: { code: 'TOKEN_REVOKED' } });
    expect((await withToken(tokenOf(browser))).status).toBe(401);
  });

  it('ends here and at the provider by signing out', async () => {
    person('leaving');
    const browser = await signedIn('leaving');
    const token = tokenOf(browser);
    const out = await browser.post(`${product.url}/api/auth/logout`);
    const { endSessionUrl } = (await out.json()) as { endSessionUrl: string };
    expect(endSessionUrl).toMatch(idp.issuer);
    expect((await withToken(token)).status).toBe(401);
    expect((await refresh(browser)).status).toBe(401);
    expect(await signOutAt(browser, endSessionUrl)).toBe(`${product.url}/`);
    const { url } = await browser.follow(startUrl());
    expect(url.pathname).toMatch(/^\/interaction\//);
  });

  describe('is refused', () => {
    const refusedWith = (code: string) => `/?signInError=${code}`;
    const forging = (change: (jwt: Jwt) => Jwt) => {
      idp.forge = (token, key) => writeJwt(change(readJwt(token)), key);
    };
    const claim = (name: string, value: unknown) => forging(({ header, claims }) => ({ header, claims: { ...claims, [name]: value } }));
    const now = () => Math.floor(Date.now() / 1000);

    it('to somebody without a role, without an area, or who cancels', async () => {
      person('no-role', ['offline_access']);
      person('no-area', ['operator'], []);
      expect(await signIn(new Browser(), 'no-role')).toBe(refusedWith('OIDC_ROLE_MISSING'));
      expect(await signIn(new Browser(), 'no-area')).toBe(refusedWith('OIDC_AREA_MISSING'));
      const browser = new Browser();
      expect(await arrive(browser, await cancelled(browser, startUrl()))).toBe(refusedWith('OIDC_DENIED'));
      expect(tokenOf(browser)).toBeUndefined();
    });

    it('to an answer with another state, or that another browser began', async () => {
      person('state');
      const browser = new Browser();
      const back = await wayBack(browser, startUrl(), 'state');
      const other = new URL(back);
      other.searchParams.set('state', 'somebody-else’s');
      expect(await arrive(browser, other)).toBe(refusedWith('OIDC_STATE_WRONG'));
      expect(await arrive(new Browser(), back)).toBe(refusedWith('OIDC_STATE_WRONG'));
    });

    it('to a code that was used before, also with everything the browser kept', async () => {
      person('replayed');
      const browser = new Browser();
      const back = await wayBack(browser, startUrl(), 'replayed');
      const attempt = { name: 'brain_sign_in', path: '/api/auth/oidc', value: browser.cookie(product.url, 'brain_sign_in') ?? '' };
      expect(await arrive(browser, back)).toBe('/');
      expect(await arrive(browser, back)).toBe(refusedWith('OIDC_STATE_WRONG'));
      const thief = new Browser();
      thief.put(product.url, attempt);
      expect(await arrive(thief, back)).toBe(refusedWith('OIDC_CODE_REFUSED'));
      expect(tokenOf(thief)).toBeUndefined();
    });

    it.each<[string, () => void]>([
      ['for another sign-in (nonce)', () => claim('nonce', 'another')],
      ['from another issuer', () => claim('iss', 'http://evil.example')],
      ['for another client', () => claim('aud', 'another-client')],
      ['that has expired', () => claim('exp', now() - 120)],
      ['that does not count yet', () => claim('nbf', now() + 120)],
      ['without a signature', () => (idp.forge = (token) => writeJwt({ ...readJwt(token), header: { alg: 'none' } }))],
      ['signed with our client secret', () => forging(({ claims }) => ({ claims, header: { alg: 'HS256' } }))],
      ['signed by somebody else in the provider’s name', () => (idp.forge = (token) => writeJwt(readJwt(token), newSigningKey()))],
      ['changed after it was signed', () => (idp.forge = (token) => [token.split('.')[0], writeJwt({ header: {}, claims: { ...readJwt(token).claims, areas: ['*'] } }).split('.')[1], token.split('.')[2]].join('.'))],
    ])('to an ID token %s', async (_, forge) => {
      person('honest');
      forge();
      const browser = new Browser();
      expect(await signIn(browser, 'honest')).toBe(refusedWith('OIDC_TOKEN_INVALID'));
      expect(tokenOf(browser)).toBeUndefined();
      idp.forge = undefined;
      expect(await signIn(browser, 'honest')).toBe('/');
    });

    it('by no clock that is a few seconds off', async () => {
      person('hasty');
      claim('nbf', now() + 5);
      await signedIn('hasty');
      claim('exp', now() - 5);
      await signedIn('hasty');
    });

    it.each(['https://evil.example/', '//evil.example', '/%5Cevil.example', '/api/auth/oidc/start'])('to go on to %s', async (page) => {
      person('lured');
      expect(await signIn(new Browser(), 'lured', `?returnTo=${page.includes('%') ? page : encodeURIComponent(page)}`)).toBe('/');
    });
  });

  it('stops the start, with one line and the remedy, when the provider speaks for somebody else', async () => {
    const client = { ...CLIENT, redirectUri: product.url, signedOutUri: product.url };
    const env = { ...gatewayEnv(client, `${idp.issuer}/realms/other`, product.url), GATEWAY_OIDC_DISCOVERY_URL: idp.issuer };
    await expect(startProduct({ env })).rejects.toThrow(/OIDC_REFUSED: .* speaks for .*; correct GATEWAY_OIDC_ISSUER/);
  });
});
