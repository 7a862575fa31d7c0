import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigningKeys } from '@brain/auth';
import { loadConfig } from './config.js';

describe('the configuration of the gateway', () => {
  let folder: string;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gateway-'));
    writeFileSync(join(folder, 'signing.json'), JSON.stringify((await createSigningKeys()).privateJwk));
    writeFileSync(join(folder, 'secret.json'), '{"d":"not-to-be-shown"}');
    environment = {
      GATEWAY_DATABASE_URL: 'postgres://u:p@127.0.0.1/brain',
      GATEWAY_SIGNING_KEY_FILE: join(folder, 'signing.json'),
      BRAIN_AUTH_JWKS_FILE: 'jwks.json',
    };
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('listens on every address, port 8080, unless told otherwise', () => {
    expect(loadConfig(environment).kit).toMatchObject({ httpHost: '0.0.0.0', httpPort: 8080 });
  });

  it('reads scopes as a list', () => {
    const scopes = (text: string) => loadConfig({ ...environment, GATEWAY_FIRST_ACCOUNTS_AREAS: text }).GATEWAY_FIRST_ACCOUNTS_AREAS;
    expect(scopes('440305, 440306')).toEqual(['440305', '440306']);
    expect(loadConfig(environment).GATEWAY_FIRST_ACCOUNTS_AREAS).toEqual(['*']);
    expect(() => scopes('Nanshan')).toThrow('GATEWAY_FIRST_ACCOUNTS_AREAS');
  });

  it.each([
    ['GATEWAY_UPSTREAM_GRID', 'ftp://x'],
    ['GATEWAY_SESSION_SECONDS', '0'],
    ['GATEWAY_SIGNING_KEY_FILE', '/nowhere'],
  ])('names %s when it is wrong', (name, value) => {
    expect(() => loadConfig({ ...environment, [name]: value })).toThrow(name);
  });

  it('needs to know the identity provider once people sign in there', () => {
    expect(() => loadConfig({ ...environment, GATEWAY_AUTH: 'both', GATEWAY_OIDC_ISSUER: 'https://sso.example' })).toThrow(
      'GATEWAY_PUBLIC_URL: is needed with GATEWAY_AUTH=both; GATEWAY_OIDC_CLIENT_ID: is needed with GATEWAY_AUTH=both; GATEWAY_OIDC_CLIENT_SECRET',
    );
  });

  it.each([
    ['GATEWAY_AUTH', 'ldap'],
    ['GATEWAY_PUBLIC_URL', 'https://brain.example/brain'],
    ['GATEWAY_OIDC_ISSUER', 'sso.example'],
    ['GATEWAY_OIDC_SCOPES', 'profile'],
  ])('names %s when it is not %s', (name, value) => {
    expect(() => loadConfig({ ...environment, [name]: value })).toThrow(name);
  });

  it('never shows what is in the key file', () => {
    const load = () => loadConfig({ ...environment, GATEWAY_SIGNING_KEY_FILE: join(folder, 'secret.json') });
    expect(load).toThrow('GATEWAY_SIGNING_KEY_FILE');
    expect(load).not.toThrow('not-to-be-shown');
  });
});
