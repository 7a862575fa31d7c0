import { DomainError } from '@brain/contracts';
import type { NextFunction, Request, Response } from 'express';

/**
 * Behind the body parser. Nest turns every syntax error into a bare 400 before our filter sees it, so what kind it
 * was is said here, and what the limit is. An Express error handler has four parameters, used or not.
 */
export function malformedBody(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  next(refusalOf(error) ?? error);
}

function refusalOf(error: unknown): DomainError | undefined {
  if (!(error instanceof Error) || !('type' in error)) return undefined;
  if (error.type === 'entity.parse.failed') return notJson(error.message);
  if (error.type === 'entity.too.large' && 'limit' in error) return tooLarge(String(error.limit));
  return undefined;
}

function notJson(message: string): DomainError {
  return new DomainError('BODY_NOT_JSON', `The body is not JSON: ${message}`, [{ path: 'body', message }]);
}

function tooLarge(limit: string): DomainError {
  const message = `has at most ${limit} bytes`;
  return new DomainError('BODY_TOO_LARGE', `A body ${message}`, [{ path: 'body', message }]);
}
