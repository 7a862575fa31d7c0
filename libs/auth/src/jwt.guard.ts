import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@brain/contracts';
import { requireRole } from './actor.js';
import type { AuthenticatedRequest, Authenticator } from './authenticator.js';
import { PUBLIC } from './public.decorator.js';
import { ROLES_ALLOWED } from './roles.decorator.js';

/**
 * Every HTTP route needs a sign-in that counts unless it is `@Public()`, whatever its address is and however the
 * address was written; sets `request.actor`, then checks `@Roles`.
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
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets) === true) return true;

    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const actor = await this.authenticator.authenticate(request);
    // Before the refusal: the record says who was refused.
    request.actor = actor;
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | undefined>(ROLES_ALLOWED, targets);
    if (allowed !== undefined) requireRole(actor, ...allowed);
    return true;
  }
}
