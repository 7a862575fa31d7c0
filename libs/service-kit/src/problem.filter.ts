import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DomainError, isDomainError, isPassingFault, isStorageFull, type ProblemDetails } from '@brain/contracts';
import type { Response } from 'express';
import type { Logger } from 'pino';
import type { PersonalDataReads } from './duty/personal-data-reads.js';
import type { RefusedCommands } from './duty/refused-commands.js';
import { foreignCursorIn } from './paging.js';
import { statusOf } from './problem-status.js';
import type { KitRequest } from './request-context.js';
import { ValidationFailed } from './validation.js';
import { NobodyWaits } from './while-wanted.js';

/** Every refusal becomes RFC 9457 problem details, once, here. Unexpected errors are logged and answer 500 without detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly refusals: RefusedCommands,
    private readonly reads: PersonalDataReads,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<KitRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof NobodyWaits) {
      response.destroy();
      return;
    }
    const problem = this.problemOf(foreignCursorIn(error, request.query) ?? error);
    const areaCode = isDomainError(error) ? error.areaCode : undefined;
    // Neither ever rejects. The refusal is on the record before whoever is refused hears of it.
    void this.note(request, recordedOf(error, problem), areaCode).then(() => answer(response, problem));
  }

  private async note(request: KitRequest, { code, status }: Pick<ProblemDetails, 'code' | 'status'>, areaCode: string | undefined): Promise<void> {
    await this.refusals.note(request, code, status, areaCode);
    const { personalData } = request;
    if (personalData === undefined || status >= 500) return;
    // What is not there, or asked for wrongly, shows nothing of anybody: but of a stream the record says already that it was given.
    if (status === 401 || status === 403 || request.personalDataGiven === true) await this.reads.refused(request, personalData, code);
  }

  private problemOf(error: unknown): ProblemDetails {
    if (isDomainError(error)) return domainProblem(error);
    if (error instanceof ValidationFailed) {
      return problem(400, 'VALIDATION_FAILED', 'The request does not have the expected form', error.errors);
    }
    if (error instanceof HttpException) {
      return problem(error.getStatus(), codeOfHttp(error.getStatus()), error.message);
    }
    if (isStorageFull(error)) return this.passing(error, 'STORAGE_FULL', 'There is no space to store it, and nothing was changed; try again later');
    if (isPassingFault(error)) return this.passing(error, 'ENGINE_UNAVAILABLE', 'The database does not answer just now; try again later');
    this.logger.error({ err: error }, 'request failed');
    return problem(500, 'INTERNAL_ERROR', 'Something went wrong; the log has the correlation id');
  }

  /** No stack: it is not about the request, and there may be many until it has passed. */
  private passing(error: unknown, code: string, detail: string): ProblemDetails {
    this.logger.warn({ code, why: error instanceof Error ? error.message : String(error) }, 'request could not be served');
    return problem(503, code, detail);
  }
}

/** What the record is told of a refusal: the truth, also where the answer keeps it back. */
function recordedOf(error: unknown, problem: ProblemDetails): Pick<ProblemDetails, 'code' | 'status'> {
  const code = isDomainError(error) ? error.recordedAs : undefined;
  return code === undefined ? problem : { code, status: statusOf(new DomainError(code, '')) };
}

function answer(response: Response, problem: ProblemDetails): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if ((problem.status === 429 || problem.status === 503) && !response.hasHeader('Retry-After')) response.setHeader('Retry-After', '5');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function domainProblem(error: DomainError): ProblemDetails {
  return problem(statusOf(error), error.code, error.message, error.details.errors);
}

function problem(status: number, code: string, detail: string, errors?: ProblemDetails['errors']): ProblemDetails {
  const title = code.toLowerCase().replaceAll('_', ' ');
  return {
    type: `urn:community-brain:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
}

function codeOfHttp(status: number): string {
  switch (status) {
    case 400:
      return 'REQUEST_INVALID';
    case 401:
      return 'TOKEN_MISSING';
    case 403:
      return 'NOT_ALLOWED';
    case 404:
      return 'NOT_FOUND';
    case 413:
      return 'BODY_TOO_LARGE';
    case 415:
      return 'MEDIA_TYPE_UNSUPPORTED';
    case 429:
      return 'RATE_LIMITED';
    default:
      return status >= 500 ? 'INTERNAL_ERROR' : 'REQUEST_REFUSED';
  }
}
