import type { IncomingHttpHeaders } from 'node:http';
import type { AccessTokens } from './access-tokens.js';
import type { Actor } from './actor.js';

/** The parts of a request the guard reads and sets. */
export interface AuthenticatedRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly params: Readonly<Record<string, unknown>>;
  actor?: Actor;
}

/** Finds out for whom a request speaks. */
export interface Authenticator {
  /** @throws DomainError TOKEN_MISSING, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_REVOKED */
  authenticate(request: AuthenticatedRequest): Promise<Actor>;
}

/** For services behind the gateway: a bearer token counts until it expires. The gateway has asked before whether its sign-in was ended. */
export class BearerAuthenticator implements Authenticator {
  constructor(private readonly tokens: AccessTokens) {}

  authenticate({ headers }: AuthenticatedRequest): Promise<Actor> {
    return this.tokens.verify(bearerToken(headers.authorization));
  }
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header)?.[1] : undefined;
}
