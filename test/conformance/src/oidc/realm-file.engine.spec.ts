import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '@brain/contracts';

interface Realm {
  readonly roles: { readonly realm: readonly { readonly name: string }[] };
  readonly users: readonly unknown[];
  readonly clients: readonly {
    readonly secret: string;
    readonly redirectUris: readonly string[];
    readonly directAccessGrantsEnabled: boolean;
    readonly implicitFlowEnabled: boolean;
    readonly attributes: Readonly<Record<string, string>>;
    readonly protocolMappers: readonly { readonly config: Readonly<Record<string, string>> }[];
  }[];
}

describe('the realm file for Keycloak', () => {
  let realm: Realm;
  beforeAll(async () => {
    const file = path.resolve(import.meta.dirname, '../../../../infra/keycloak/community-brain-realm.json');
    realm = JSON.parse(await readFile(file, 'utf8')) as Realm;
  });

  it('has our roles, and nobody and no secret of its own', () => {
    expect(realm.roles.realm.map(({ name }) => name).sort()).toEqual([...ROLES].sort());
    expect(realm.users).toEqual([]);
    expect(realm.clients.map(({ secret }) => secret)).toEqual(['${BRAIN_OIDC_CLIENT_SECRET}']);
  });

  it('lets the client use the code flow with PKCE alone, and come back to our door alone', () => {
    expect(realm.clients[0]).toMatchObject({
      redirectUris: ['${BRAIN_PUBLIC_URL}/api/auth/oidc/callback'],
      directAccessGrantsEnabled: false,
      implicitFlowEnabled: false,
      attributes: { 'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': '${BRAIN_PUBLIC_URL}/' },
    });
  });

  it('says roles, areas and staff member under the names the gateway looks for by itself', () => {
    const claims = realm.clients[0]?.protocolMappers.map(({ config }) => [config['claim.name'], config['id.token.claim']]);
    expect(claims).toEqual([['roles', 'true'], ['areas', 'true'], ['staff_id', 'true']]);
  });
});
