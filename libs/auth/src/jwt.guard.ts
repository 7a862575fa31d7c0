import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@brain/contracts';
import { AccessTokens } from './access-tokens.js';
import { requireRole, type Actor } from './actor.js';
import { PUBLIC } from './public.decorator.js';
import { ROLES_ALLOWED } from './roles.decorator.js';

/** The parts of a request the guard reads and sets. */
export interface AuthenticatedRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  actor?: Actor;
}

/** Every HTTP route needs `Authorization: Bearer …` unless it is `@Public()`; sets `request.actor`, then checks `@Roles`. */
@Injectable()
export class JwtGuard implements CanActivate {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Messages from the bus come from our own services and carry no token.
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets) === true) return true;

    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const actor = await this.tokens.verify(bearerToken(request.headers.authorization));
    // Before the refusal: the record says who was refused.
    request.actor = actor;
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | undefined>(ROLES_ALLOWED, targets);
    if (allowed !== undefined) requireRole(actor, ...allowed);
    return true;
  }
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header)?.[1] : undefined;
}
