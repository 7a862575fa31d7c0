import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Actor, TokenSession } from '@brain/auth';
import type { Account } from '@brain/contracts';
import { actorOfAccount } from '../accounts/account.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { attemptCookieOptions, ATTEMPT_COOKIE, RENEWAL_COOKIE, renewalCookieOptions, SESSION_COOKIE, sessionCookieOptions } from './session-cookie.js';
import { SessionTokens } from './session-tokens.js';

export interface SignedIn {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly user: Actor;
}

/** What a browser keeps of a sign-in. */
@Injectable()
export class SessionCookies {
  private readonly isPublicSecure: boolean;
  private readonly keepMs: number;

  constructor(
    private readonly sessions: SessionTokens,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.isPublicSecure = config.GATEWAY_COOKIE_SECURE || config.GATEWAY_PUBLIC_URL?.startsWith('https:') === true;
    this.keepMs = config.GATEWAY_SESSION_SECONDS * 1000;
  }

  async signIn(account: Account, session: TokenSession, wantedSeconds: number, request: Request, response: Response): Promise<SignedIn> {
    const { accessToken, lifetimeSeconds: expiresIn } = await this.sessions.issue(account, session, wantedSeconds);
    response.setHeader('Cache-Control', 'no-store');
    response.cookie(SESSION_COOKIE, accessToken, { ...sessionCookieOptions(this.isSecure(request)), maxAge: expiresIn * 1000 });
    return { accessToken, expiresIn, user: actorOfAccount(account) };
  }

  /** Kept as long as an unattended session is; slides with every renewal. */
  keepRenewal(secret: string, request: Request, response: Response): void {
    response.cookie(RENEWAL_COOKIE, secret, { ...renewalCookieOptions(this.isSecure(request)), maxAge: this.keepMs });
  }

  keepAttempt(sealed: string, seconds: number, request: Request, response: Response): void {
    response.cookie(ATTEMPT_COOKIE, sealed, { ...attemptCookieOptions(this.isSecure(request)), maxAge: seconds * 1000 });
  }

  dropAttempt(request: Request, response: Response): void {
    response.clearCookie(ATTEMPT_COOKIE, attemptCookieOptions(this.isSecure(request)));
  }

  dropRenewal(request: Request, response: Response): void {
    response.clearCookie(RENEWAL_COOKIE, renewalCookieOptions(this.isSecure(request)));
  }

  signOut(request: Request, response: Response): void {
    response.clearCookie(SESSION_COOKIE, sessionCookieOptions(this.isSecure(request)));
  }

  private isSecure(request: Request): boolean {
    return request.secure || this.isPublicSecure;
  }
}
