import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@brain/contracts';
import { requireRole } from './actor.js';
import type { AuthenticatedRequest, Authenticator } from './authenticator.js';
import { ROUTE_ACCESS, rolesNeeded, type RouteAccess } from './route-access.js';

/**
 * Every HTTP route needs a sign-in that counts unless it is `@Public()`, whatever its address is and however the
 * address was written; sets `request.actor`, then checks its roles.
 */
@Injectable()
export class JwtGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Messages from the bus come from our own services and carry no token.
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [context.getHandler(), context.getClass()]);
    if (access?.to === 'everybody') return true;

    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const actor = await this.authenticator.authenticate(request);
    // Before the refusal: the record says who was refused.
    request.actor = actor;
    if (access === undefined) throw new DomainError('ROLE_NOT_ALLOWED', 'Nobody may call this: it is not decided who may');
    const roles = rolesNeeded(access, request.params);
    if (roles !== null) requireRole(actor, ...roles);
    return true;
  }
}
