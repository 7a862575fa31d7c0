import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '@brain/contracts';
import type { Actor } from './actor.js';
import type { AuthenticatedRequest } from './authenticator.js';

/** The verified caller. On a `@Public()` route there is none: TOKEN_MISSING. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (actor === undefined) throw new DomainError('TOKEN_MISSING', 'Sign in first');
  return actor;
});
