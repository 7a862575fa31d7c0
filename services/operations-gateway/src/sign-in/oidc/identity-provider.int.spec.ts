import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSigningKeys } from '@brain/auth';
import { eventually, freePort, tempDir } from '@brain/testing';
import { loadConfig } from '../../config.js';
import { GatewayUnderTest, PASSWORDS } from '../../gateway-under-test.fixture.js';
import { findProvider } from './find-provider.js';
import { oidcSettingsOf } from './oidc-settings.js';

/** The parts of a provider that this door looks at before anybody signs in. */
class DescribedProvider {
  private readonly server: Server;

  constructor(
    private readonly port: number,
    speaksFor: string,
    verdict: 'invalid_client' | 'invalid_grant',
  ) {
    const description = { issuer: speaksFor, jwks_uri: `${speaksFor}/jwks`, token_endpoint: `${this.url}/token`, authorization_endpoint: `${this.url}/auth` };
    this.server = createServer((request, response) => {
      const isToken = request.url === '/token';
      response.writeHead(!isToken ? 200 : verdict === 'invalid_client' ? 401 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isToken ? { error: verdict } : description));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('the identity provider of the organisation', () => {
  const undo: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
  });

  const settings = (issuer: string, auth = 'both') => ({
    GATEWAY_AUTH: auth,
    GATEWAY_PUBLIC_URL: 'https://brain.example',
    GATEWAY_OIDC_ISSUER: issuer,
    GATEWAY_OIDC_CLIENT_ID: 'community-brain',
    GATEWAY_OIDC_CLIENT_SECRET: 'not-to-be-shown',
  });
  const started = async (issuer: string, auth?: string) => {
    const gateway = await GatewayUnderTest.start(settings(issuer, auth));
    undo.push(() => gateway.stop());
    return gateway;
  };
  const keyFile = async () => {
    const folder = await tempDir();
    undo.push(() => folder.remove());
    const file = join(folder.path, 'signing.json');
    await writeFile(file, JSON.stringify((await createSigningKeys()).privateJwk));
    return { GATEWAY_SIGNING_KEY_FILE: file, GATEWAY_DATABASE_URL: 'postgres://u:p@127.0.0.1/brain', BRAIN_AUTH_JWKS_FILE: file };
  };
  const start = async (gateway: GatewayUnderTest) => (await gateway.request('/api/auth/oidc/start', { redirect: 'manual' })).headers;

  it('may be away when the door opens: readiness and the sign-in page say so until it comes', async () => {
    const port = await freePort();
    const provider = new DescribedProvider(port, `http://127.0.0.1:${port}`, 'invalid_grant');
    const gateway = await started(provider.url);
    expect((await gateway.request('/readyz')).body).toMatchObject({
      ready: false,
      checks: { 'identity-provider': { ready: false, detail: expect.stringMatching(/^OIDC_UNAVAILABLE: .*does not answer/) } },
    });
    expect((await gateway.request('/api/auth/methods')).body).toMatchObject({ local: true, oidc: { available: false } });
    expect((await start(gateway)).get('location')).toBe('/?signInError=OIDC_UNAVAILABLE');
    expect((await gateway.signIn('operator')).token).not.toBe('undefined');

    await provider.open();
    undo.push(() => provider.close());
    await eventually(async () => expect((await gateway.request('/api/auth/methods')).body).toMatchObject({ oidc: { available: true } }), { timeoutMs: 30_000 });
    const headers = await start(gateway);
    expect(headers.get('location')).toMatch(`${provider.url}/auth?`);
    expect(headers.get('location')).toMatch('code_challenge_method=S256');
    for (const part of ['brain_sign_in=', 'HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/api/auth/oidc']) expect(headers.getSetCookie()[0]).toContain(part);
  });

  it.each([
    ['speaks for somebody else', 'https://elsewhere.example', 'invalid_grant', 'correct GATEWAY_OIDC_ISSUER'],
    ['does not take us as its client', undefined, 'invalid_client', 'check GATEWAY_OIDC_CLIENT_ID'],
  ] as const)('refuses us, with the remedy, when it %s', async (_, speaksFor, verdict, remedy) => {
    const port = await freePort();
    const provider = new DescribedProvider(port, speaksFor ?? `http://127.0.0.1:${port}`, verdict);
    await provider.open();
    undo.push(() => provider.close());
    const found = oidcSettingsOf(loadConfig({ ...(await keyFile()), ...settings(provider.url) }));
    if (found === undefined) throw new Error('not configured');
    const start = findProvider(found);
    await expect(start).rejects.toMatchObject({ code: 'OIDC_REFUSED', message: expect.stringContaining(remedy) });
    await expect(start).rejects.not.toMatchObject({ message: expect.stringContaining('not-to-be-shown') });
  });

  it('may be the only way in', async () => {
    const gateway = await started(`http://127.0.0.1:${await freePort()}`, 'oidc');
    expect((await gateway.request('/api/auth/methods')).body).toMatchObject({ local: false });
    const answer = await gateway.post('/api/auth/login', { username: 'operator', password: PASSWORDS.operator });
    expect(answer).toMatchObject({ status: 409, body: { code: 'SIGN_IN_METHOD_OFF' } });
  });
});
