import { DomainError } from '@brain/contracts';
import type { NextFunction, Request, Response } from 'express';

const NUL = '\0';

/**
 * PostgreSQL knows no text with NUL: what has it would fail wherever it is looked for. Behind the body parser, so that
 * whoever sends it hears where it stands.
 */
export function refuseNul(request: Request, _response: Response, next: NextFunction): void {
  const path = /%00/.test(request.originalUrl) ? 'url' : pathOfNul(request.body);
  next(path === undefined ? undefined : refused(path));
}

/** Where one is, in a value or in the name of a field; undefined: nowhere. Without recursion: a body may be nested very deep. */
function pathOfNul(body: unknown): string | undefined {
  const waiting: (readonly [path: string, value: unknown])[] = [['body', body]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, value] = next;
    if (typeof value === 'string' && value.includes(NUL)) return path;
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes(NUL)) return path;
      waiting.push([value === body ? name : `${path}.${name}`, inner]);
    }
  }
  return undefined;
}

function refused(path: string): DomainError {
  return new DomainError('TEXT_HAS_NUL', 'A text has the character NUL in it', [{ path, message: 'has the character NUL in it' }]);
}
