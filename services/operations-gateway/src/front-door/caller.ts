import type { IncomingHttpHeaders } from 'node:http';
import { bearerToken } from '@brain/auth';
import { DomainError } from '@brain/contracts';
import { isSameOrigin } from '../sign-in/same-origin.js';
import { sessionOf } from '../sign-in/session-cookie.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The token a request carries, as bearer or in the session cookie. Browsers send the cookie by themselves, so a
 * change asked for with it must come from our own page.
 * @throws DomainError CROSS_ORIGIN_REFUSED
 */
export function tokenOf(method: string, headers: IncomingHttpHeaders): string | undefined {
  const bearer = bearerToken(headers.authorization);
  if (bearer !== undefined) return bearer;
  const session = sessionOf(headers.cookie);
  if (session === undefined || SAFE_METHODS.has(method) || isSameOrigin(headers)) return session;
  throw new DomainError('CROSS_ORIGIN_REFUSED', 'A change must come from our own page, or with a bearer token');
}
