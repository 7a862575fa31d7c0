import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Public, type Actor } from '@brain/auth';
import { DomainError } from '@brain/contracts';
import { actorOfAccount, normalisedUsername } from '../accounts/account.js';
import { Accounts } from '../accounts/accounts.js';
import { passwordMatches } from '../accounts/password-hash.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { isForeignPage } from './same-origin.js';
import { SESSION_COOKIE, sessionCookieOptions } from './session-cookie.js';
import { SessionTokens } from './session-tokens.js';
import { SignInLimiter } from './sign-in-limiter.js';

const loginBody = z.strictObject({ username: z.string().min(1).max(100), password: z.string().min(1).max(1000) });
type LoginBody = z.infer<typeof loginBody>;

interface SignedIn {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly user: Actor;
}

@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: SessionTokens,
    private readonly limiter: SignInLimiter,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  async login(
    @Body({ schema: loginBody }) body: LoginBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    refuseForeignPage(request);
    const username = normalisedUsername(body.username);
    const address = request.ip ?? '';
    const waitSeconds = await this.limiter.take(username, address);
    if (waitSeconds !== undefined) {
      response.setHeader('Retry-After', String(waitSeconds));
      throw new DomainError('RATE_LIMITED', `Too many tries, try again in ${waitSeconds} s`);
    }
    const found = await this.accounts.withPassword(username);
    const matches = await passwordMatches(found?.passwordHash, body.password);
    if (found === undefined || !matches || found.account.disabled) {
      throw new DomainError('CREDENTIALS_WRONG', 'User name or password is wrong');
    }
    await this.limiter.succeeded(username, address);
    return this.signedIn(found.account.accountId, request, response);
  }

  /** Slides the session: a new token for the account as it now is. */
  @Post('refresh')
  @HttpCode(200)
  refresh(
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    return this.signedIn(actor.id, request, response);
  }

  @Public()
  @Post('logout')
  @HttpCode(204)
  logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): void {
    refuseForeignPage(request);
    response.clearCookie(SESSION_COOKIE, sessionCookieOptions(this.isSecure(request)));
  }

  @Get('me')
  me(@CurrentActor() actor: Actor): { readonly user: Actor } {
    return { user: actor };
  }

  private async signedIn(accountId: string, request: Request, response: Response): Promise<SignedIn> {
    const account = await this.accounts.get(accountId);
    const accessToken = await this.sessions.issue(account);
    const expiresIn = this.sessions.lifetimeSeconds;
    response.setHeader('Cache-Control', 'no-store');
    response.cookie(SESSION_COOKIE, accessToken, {
      ...sessionCookieOptions(this.isSecure(request)),
      maxAge: expiresIn * 1000,
    });
    return { accessToken, expiresIn, user: actorOfAccount(account) };
  }

  private isSecure(request: Request): boolean {
    return request.secure || this.config.GATEWAY_COOKIE_SECURE;
  }
}

/** Signing somebody in or out from another site's page is as unwelcome as acting in their name. */
function refuseForeignPage(request: Request): void {
  if (isForeignPage(request.headers)) throw new DomainError('CROSS_ORIGIN_REFUSED', 'Sign in on our own page');
}
