import { beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { JWK } from 'jose';
import type { Role } from '@brain/contracts';
import { AccessTokens } from './access-tokens.js';
import { BearerAuthenticator, type AuthenticatedRequest } from './authenticator.js';
import { issueAccessToken } from './issue-access-token.js';
import { JwtGuard } from './jwt.guard.js';
import { Public } from './public.decorator.js';
import { Roles } from './roles.decorator.js';
import { createSigningKeys } from './signing-keys.js';

@Roles('auditor')
class Doors {
  @Public()
  open(): void {
    // reached without a token
  }

  audited(): void {
    // the controller's own roles hold
  }

  @Roles('operator')
  operated(): void {
    // the method's roles replace them
  }
}

describe('the guard of every route', () => {
  let guard: JwtGuard;
  let privateJwk: JWK;

  beforeAll(async () => {
    const keys = await createSigningKeys();
    privateJwk = keys.privateJwk;
    guard = new JwtGuard(new BearerAuthenticator(AccessTokens.fromJwks(keys.jwks)), new Reflector());
  });

  const contextOf = (door: keyof Doors, request: AuthenticatedRequest, type = 'http'): ExecutionContext =>
    ({
      getType: () => type,
      getHandler: () => Object.getOwnPropertyDescriptor(Doors.prototype, door)?.value as () => void,
      getClass: () => Doors,
      switchToHttp: () => ({ getRequest: () => request }),
    }) as unknown as ExecutionContext;

  const requestAs = async (...roles: Role[]): Promise<AuthenticatedRequest> => {
    const actor = { id: 'a', username: 'a', name: 'a', roles, areaCodes: [], staffId: null };
    return { method: 'GET', headers: { authorization: `Bearer ${await issueAccessToken(privateJwk, actor, 60)}` } };
  };

  it('lets a bearer token of the right role in and sets the actor', async () => {
    const request = await requestAs('operator');
    expect(await guard.canActivate(contextOf('operated', request))).toBe(true);
    expect(request.actor).toMatchObject({ id: 'a', roles: ['operator'] });
  });

  it('refuses a request without a token, or with another scheme', async () => {
    for (const headers of [{}, { authorization: 'Basic eDp5' }, { authorization: 'Bearer' }]) {
      await expect(guard.canActivate(contextOf('audited', { method: 'GET', headers }))).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
    }
  });

  it('refuses the wrong role, and leaves whose request it was for the record', async () => {
    const request = await requestAs('operator');
    await expect(guard.canActivate(contextOf('audited', request))).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
    expect(request.actor).toMatchObject({ roles: ['operator'] });
  });

  it('leaves a public route open', async () => {
    expect(await guard.canActivate(contextOf('open', { method: 'GET', headers: {} }))).toBe(true);
  });

  it('does not ask messages from the bus for a token', async () => {
    expect(await guard.canActivate(contextOf('audited', { method: 'GET', headers: {} }, 'rpc'))).toBe(true);
  });
});
