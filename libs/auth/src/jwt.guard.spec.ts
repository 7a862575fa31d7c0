import { beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { JWK } from 'jose';
import { ROLES, type Role } from '@brain/contracts';
import { AccessTokens } from './access-tokens.js';
import { BearerAuthenticator, type AuthenticatedRequest } from './authenticator.js';
import { issueAccessToken } from './issue-access-token.js';
import { JwtGuard } from './jwt.guard.js';
import { AnyRole, Public, Roles, RolesOfCommand } from './route-access.js';
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

  @AnyRole('it is the same for all')
  common(): void {
    // any role, or none
  }

  @RolesOfCommand('command', { start: ['operator', 'grid-worker'], close: ['operator'] })
  commanded(): void {
    // as the parameter says
  }
}

class Undecided {
  open(): void {
    // nobody said who may
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

  const contextOf = (door: keyof Doors, request: AuthenticatedRequest, type = 'http', from: typeof Doors | typeof Undecided = Doors): ExecutionContext =>
    ({
      getType: () => type,
      getHandler: () => Object.getOwnPropertyDescriptor(from.prototype, door)?.value as () => void,
      getClass: () => from,
      switchToHttp: () => ({ getRequest: () => request }),
    }) as unknown as ExecutionContext;

  const requestAs = async (...roles: Role[]): Promise<AuthenticatedRequest> => {
    const actor = { id: 'a', username: 'a', name: 'a', roles, areaCodes: [], staffId: null };
    return { method: 'GET', headers: { authorization: `Bearer ${await issueAccessToken(privateJwk, actor, 60)}` }, params: {} };
  };

  it('lets a bearer token of the right role in and sets the actor', async () => {
    const request = await requestAs('operator');
    expect(await guard.canActivate(contextOf('operated', request))).toBe(true);
    expect(request.actor).toMatchObject({ id: 'a', roles: ['operator'] });
  });

  it('refuses a request without a token, or with another scheme', async () => {
    for (const headers of [{}, { authorization: 'Basic eDp5' }, { authorization: 'Bearer' }]) {
      await expect(guard.canActivate(contextOf('audited', { method: 'GET', headers, params: {} }))).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
    }
  });

  it('refuses the wrong role, and leaves whose request it was for the record', async () => {
    const request = await requestAs('operator');
    await expect(guard.canActivate(contextOf('audited', request))).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
    expect(request.actor).toMatchObject({ roles: ['operator'] });
  });

  it('lets any role, and none, in where being signed in is enough', async () => {
    for (const request of [await requestAs('security-administrator'), await requestAs()]) {
      expect(await guard.canActivate(contextOf('common', request))).toBe(true);
    }
    await expect(guard.canActivate(contextOf('common', { method: 'GET', headers: {}, params: {} }))).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
  });

  it.each<[string, Role, boolean]>([
    ['start', 'grid-worker', true],
    ['close', 'grid-worker', false],
    ['close', 'operator', true],
    ['constructor', 'grid-worker', true],
    ['constructor', 'auditor', false],
  ])('asks for the roles of the command in the path: %s by %s', async (command, role, isLetIn) => {
    const answer = guard.canActivate(contextOf('commanded', { ...(await requestAs(role)), params: { command } })).catch((error: unknown) => error);
    expect(await answer).toEqual(isLetIn ? true : expect.objectContaining({ code: 'ROLE_NOT_ALLOWED' }));
  });

  it('refuses everybody where nobody decided who may', async () => {
    for (const role of ROLES) {
      await expect(guard.canActivate(contextOf('open', await requestAs(role), 'http', Undecided))).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
    }
  });

  it('leaves a public route open', async () => {
    expect(await guard.canActivate(contextOf('open', { method: 'GET', headers: {}, params: {} }))).toBe(true);
  });

  it('does not ask messages from the bus for a token', async () => {
    expect(await guard.canActivate(contextOf('audited', { method: 'GET', headers: {}, params: {} }, 'rpc'))).toBe(true);
  });
});
