import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AnyRole, CurrentActor, Public, TokenRefused, type Actor, type TokenSession } from '@brain/auth';
import { DomainError, isDomainError, requireSeparatedRoles } from '@brain/contracts';
import { Clock } from '@brain/service-kit';
import { normalisedUsername } from '../accounts/account.js';
import { Accounts } from '../accounts/accounts.js';
import { byThemselves } from '../accounts/by-themselves.js';
import { matchPassword } from '../accounts/passwords/password-hash.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { tokenOf } from '../front-door/caller.js';
import { OwnPasswords } from './own-passwords.js';
import { FederatedSignIn } from './oidc/federated-sign-in.js';
import { IdentityProvider } from './oidc/identity-provider.js';
import { isForeignPage } from './same-origin.js';
import { cookieOf, RENEWAL_COOKIE, SESSION_COOKIE } from './session-cookie.js';
import { SessionCookies, type SignedIn } from './session-cookies.js';
import { SessionTokens } from './session-tokens.js';
import { Sessions } from './sessions/sessions.js';
import { visitorOf } from './sessions/visitor.js';
import { SignInLimiter } from './sign-in-limiter.js';
import { SignInRecords, type Whose } from './sign-in-records.js';
import { whoseRefused } from './whose-refused.js';

const loginBody = z.strictObject({
  username: z.string().min(1).max(100),
  password: z.string().min(1).max(1000),
  /** Takes the place of the password; needed where somebody else gave that one. */
  newPassword: z.string().min(1).max(1000).optional(),
});
type LoginBody = z.infer<typeof loginBody>;

/** What a browser has to know before anybody is signed in; `oidc` is null when only our own accounts count. */
interface SignInMethods {
  readonly local: boolean;
  /** The browser brings a sign-in, or the means to renew one; whether it still counts is not looked at. */
  readonly signedInBefore: boolean;
  readonly timeZone: string;
  readonly oidc: { readonly startUrl: string; readonly available: boolean } | null;
}

@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly accounts: Accounts,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly limiter: SignInLimiter,
    private readonly provider: IdentityProvider,
    private readonly federated: FederatedSignIn,
    private readonly passwords: OwnPasswords,
    private readonly records: SignInRecords,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Public()
  @Get('methods')
  methods(@Req() { headers: { cookie } }: Request): SignInMethods {
    const { isOffered, isFound } = this.provider;
    const signedInBefore = [SESSION_COOKIE, RENEWAL_COOKIE].some((name) => cookieOf(cookie, name) !== undefined);
    return { local: this.isLocalOn, signedInBefore, timeZone: this.config.BRAIN_TIME_ZONE, oidc: isOffered ? { startUrl: '/api/auth/oidc/start', available: isFound } : null };
  }

  @Public()
  @Post('login')
  @HttpCode(200)
  async login(
    @Body({ schema: loginBody }) body: LoginBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    try {
      return await this.checked(body, request, response);
    } catch (error) {
      if (isDomainError(error)) await this.records.wasRefused(await this.whose(body.username), 'password', codeForTheRecord(error), request);
      throw error;
    }
  }

  /**
   * Slides the session: a new token for the account as it now is. Where the organisation's provider signed the person
   * in, it is asked again; its renewal cookie counts also when the token has expired meanwhile.
   */
  @Public()
  @Post('refresh')
  @HttpCode(200)
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedIn> {
    refuseForeignPage(request);
    const secret = cookieOf(request.headers.cookie, RENEWAL_COOKIE);
    try {
      return secret === undefined ? await this.slid(request, response) : await this.renewed(secret, request, response);
    } catch (error) {
      // Whoever shows nothing asks for nothing: a page that opens without a sign-in.
      const isRefused = isDomainError(error) && error.code !== 'TOKEN_MISSING';
      if (isRefused) await this.records.wasRefused(whoseRefused(error), secret === undefined ? 'password' : 'identity-provider', error.code, request);
      throw error;
    }
  }

  /** 204, or where to go to sign out at the organisation's provider too. */
  @Public()
  @Post('logout')
  @HttpCode(204)
  async logout(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly endSessionUrl: string } | undefined> {
    refuseForeignPage(request);
    const secret = cookieOf(request.headers.cookie, RENEWAL_COOKIE);
    const federated = secret === undefined ? undefined : await this.federated.find(secret);
    await this.end(federated, request);
    this.cookies.signOut(request, response);
    if (secret === undefined) return undefined;
    this.cookies.dropRenewal(request, response);
    const endSessionUrl = federated === undefined ? undefined : await this.federated.leaveProvider(federated);
    if (endSessionUrl === undefined) return undefined;
    response.status(200);
    return { endSessionUrl: endSessionUrl.href };
  }

  @Get('me')
  @AnyRole('it says who one is oneself')
  me(@CurrentActor() actor: Actor): { readonly user: Actor } {
    return { user: actor };
  }

  private get isLocalOn(): boolean {
    return this.config.GATEWAY_AUTH !== 'oidc';
  }

  private async checked(body: LoginBody, request: Request, response: Response): Promise<SignedIn> {
    refuseForeignPage(request);
    if (!this.isLocalOn) throw new DomainError('SIGN_IN_METHOD_OFF', 'Sign in with the organisation’s account');
    const username = normalisedUsername(body.username);
    const address = request.ip ?? '';
    const waitSeconds = await this.limiter.take(username, address);
    if (waitSeconds !== undefined) {
      response.setHeader('Retry-After', String(waitSeconds));
      throw new DomainError('RATE_LIMITED', `Too many tries, try again in ${waitSeconds} s`);
    }
    const found = await this.accounts.withPassword(username);
    const match = await matchPassword(found?.passwordHash, body.password);
    if (found === undefined || match === 'no') throw wrongCredentials();
    // The caller is told no more than of a wrong password.
    if (found.account.disabled) throw wrongCredentials('ACCOUNT_DISABLED');
    await this.limiter.succeeded(username, address);
    requireSeparatedRoles(found.account.roles);
    if (match === 'as typed') await this.accounts.rehash(found, body.password);
    await this.passwords.chooseOwn(found, body, request);
    const session = { id: randomUUID(), federated: false };
    await this.records.cameIn(found.account.accountId, session.id, 'password', request);
    await this.sessions.begin(session.id, found.account.accountId, 'password', visitorOf(request));
    return this.signedIn(found.account.accountId, session, request, response);
  }

  /** Of somebody whose session has ended already nothing is left to end. */
  private async end(federated: { readonly sessionId: string; readonly accountId: string } | undefined, request: Request): Promise<void> {
    const signedIn = await this.tokens.verify(tokenOf(request.method, request.headers)).catch(() => undefined);
    const accountId = federated?.accountId ?? signedIn?.actor.id;
    const ending = [federated?.sessionId, signedIn?.session?.id].filter((id) => id !== undefined);
    if (accountId !== undefined) await this.sessions.end(ending, 'person', byThemselves(accountId, request, this.clock.now()));
  }

  private async whose(username: string): Promise<Whose> {
    const name = normalisedUsername(username);
    const found = await this.accounts.withPassword(name);
    return found === undefined ? { unknownName: name } : { accountId: found.account.accountId };
  }

  private async slid(request: Request, response: Response): Promise<SignedIn> {
    const { actor, session } = await this.tokens.verify(tokenOf(request.method, request.headers));
    if (session === undefined || session.federated || !this.isLocalOn) {
      throw new TokenRefused('TOKEN_REVOKED', 'This sign-in can be renewed by the browser it began in alone', actor.id);
    }
    return this.signedIn(actor.id, session, request, response);
  }

  private async renewed(secret: string, request: Request, response: Response): Promise<SignedIn> {
    const { account, sessionId, lifetimeSeconds } = await this.federated.renew(secret);
    this.cookies.keepRenewal(secret, request, response);
    return this.cookies.signIn(account, { id: sessionId, federated: true }, lifetimeSeconds, request, response);
  }

  private async signedIn(accountId: string, session: TokenSession, request: Request, response: Response): Promise<SignedIn> {
    // A sign-in by password takes the place of one by the provider.
    if (cookieOf(request.headers.cookie, RENEWAL_COOKIE) !== undefined) this.cookies.dropRenewal(request, response);
    return this.cookies.signIn(await this.accounts.get(accountId), session, this.config.GATEWAY_SESSION_SECONDS, request, response);
  }
}

function wrongCredentials(cause?: string): DomainError {
  const refusal = new DomainError('CREDENTIALS_WRONG', 'User name or password is wrong');
  refusal.cause = cause;
  return refusal;
}

function codeForTheRecord({ code, cause }: DomainError): string {
  return typeof cause === 'string' ? cause : code;
}

/** Signing somebody in or out from another site's page is as unwelcome as acting in their name. */
function refuseForeignPage(request: Request): void {
  if (isForeignPage(request.headers)) throw new DomainError('CROSS_ORIGIN_REFUSED', 'Sign in on our own page');
}
