import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { isDomainError } from '@brain/contracts';
import { LOGGER } from '@brain/service-kit';

/** A browser stands at this address, not a program: it goes to the sign-in page, which says why in words. */
@Catch()
export class SignInRefusalFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const code = isDomainError(error) ? error.code : 'INTERNAL_ERROR';
    if (isDomainError(error)) this.logger.warn({ code }, `sign-in refused: ${error.message}`);
    else this.logger.error({ err: error }, 'sign-in failed');
    host.switchToHttp().getResponse<Response>().redirect(303, `/?signInError=${code}`);
  }
}
