import { Injectable } from '@nestjs/common';
import type { Actor, AuthenticatedRequest, Authenticator } from '@brain/auth';
import { tokenOf } from '../front-door/caller.js';
import { SessionTokens } from './session-tokens.js';

/** For the gateway's own routes: with a bearer token or the session cookie, and only while the sign-in behind it goes on. */
@Injectable()
export class SessionAuthenticator implements Authenticator {
  constructor(private readonly sessions: SessionTokens) {}

  async authenticate(request: AuthenticatedRequest): Promise<Actor> {
    const token = tokenOf(request.method, request.headers);
    const { actor } = await this.sessions.verify(token);
    // A route that asks a service in the caller's name hands this on.
    request.headers.authorization = `Bearer ${token ?? ''}`;
    return actor;
  }
}
