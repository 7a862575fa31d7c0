import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@brain/contracts';
import { accessTableOf, askEveryRoute, openInOtherSpellings } from '@brain/testing/access';
import { GatewayUnderTest } from './gateway-under-test.fixture.js';

describe('the routes of operations-gateway', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterAll(() => gateway.stop());

  it('let in whom the access table says, and nobody else', async () => {
    const table = accessTableOf('operations-gateway');
    const { cookie } = await gateway.signIn('operator');
    const service = {
      url: await gateway.url(),
      authorizationOf: async (role: Role) => `Bearer ${await gateway.tokenFor({ id: randomUUID(), roles: [role] })}`,
      headersOf: (route: string) => (route === 'POST /api/auth/refresh' ? { cookie } : { cookie: '' }),
    };
    expect(await askEveryRoute(service, table)).toEqual(table);
  });

  it('have no other spelling that lets somebody in who is not signed in', async () => {
    expect(await openInOtherSpellings({ url: await gateway.url() }, accessTableOf('operations-gateway'))).toEqual([]);
  });
});
