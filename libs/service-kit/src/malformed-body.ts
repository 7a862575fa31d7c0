import { DomainError } from '@brain/contracts';
import type { NextFunction, Request, Response } from 'express';

/**
 * Behind the body parser. Nest turns every syntax error into a bare 400 before our filter sees it, so what kind it
 * was is said here. An Express error handler has four parameters, used or not.
 */
export function malformedBody(error: unknown, _request: Request, _response: Response, next: NextFunction): void {
  next(isParseFailure(error) ? notJson(error.message) : error);
}

function isParseFailure(error: unknown): error is Error {
  return error instanceof Error && 'type' in error && error.type === 'entity.parse.failed';
}

function notJson(message: string): DomainError {
  return new DomainError('BODY_NOT_JSON', `The body is not JSON: ${message}`, [{ path: 'body', message }]);
}
