import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { z } from 'zod';
import { Public } from '@brain/auth';
import { DomainError, isDomainError } from '@brain/contracts';
import { Clock } from '@brain/service-kit';
import type { GatewayConfig } from '../../config.js';
import { CONFIG } from '../../config-token.js';
import { safeReturnTo } from '../domain/return-to.js';
import { Seal } from '../seal.js';
import { ATTEMPT_COOKIE, cookieOf } from '../session-cookie.js';
import { SessionCookies } from '../session-cookies.js';
import { visitorOf } from '../sessions/visitor.js';
import { SignInRecords } from '../sign-in-records.js';
import { whoseRefused } from '../whose-refused.js';
import { FederatedSignIn } from './federated-sign-in.js';
import { IdentityProvider } from './identity-provider.js';
import { ATTEMPT_SECONDS, attemptFor } from './sign-in-attempt.js';
import { SignInRefusalFilter } from './sign-in-refusal.filter.js';

const startQuery = z.object({ returnTo: z.string().max(2_000).optional().catch(undefined), prompt: z.literal('login').optional().catch(undefined) });
type StartQuery = z.infer<typeof startQuery>;

/** The browser's way to the organisation's identity provider and back: authorization code with PKCE. */
@Public()
@UseFilters(SignInRefusalFilter)
@Controller('api/auth/oidc')
export class OidcController {
  private readonly seal: Seal;

  constructor(
    private readonly provider: IdentityProvider,
    private readonly federated: FederatedSignIn,
    private readonly cookies: SessionCookies,
    private readonly records: SignInRecords,
    private readonly clock: Clock,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    this.seal = new Seal(config.GATEWAY_SIGNING_KEY_FILE, 'sign-in-attempt');
  }

  /** `prompt=login` asks the provider for another account than the one it would give by itself. */
  @Get('start')
  async start(@Query({ schema: startQuery }) { returnTo, prompt }: StartQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    const secrets = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const url = await this.provider.client().authorizationUrl(secrets, prompt);
    const expiresAt = this.clock.millis() + ATTEMPT_SECONDS * 1000;
    const sealed = await this.seal.close({ ...secrets, returnTo: safeReturnTo(returnTo), expiresAt });
    this.cookies.keepAttempt(sealed, ATTEMPT_SECONDS, request, response);
    response.setHeader('Cache-Control', 'no-store');
    response.redirect(303, url.href);
  }

  @Get('callback')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    try {
      await this.finish(request, response);
    } catch (error) {
      if (isDomainError(error)) await this.records.wasRefused(whoseRefused(error), 'identity-provider', error.code, request);
      throw error;
    }
  }

  private async finish(request: Request, response: Response): Promise<void> {
    const sealed = cookieOf(request.headers.cookie, ATTEMPT_COOKIE);
    const opened = sealed === undefined ? undefined : await this.seal.open(sealed);
    const attempt = attemptFor(opened, request.query.state, this.clock.millis());
    this.cookies.dropAttempt(request, response);
    if (attempt === undefined) throw new DomainError('OIDC_STATE_WRONG', 'The answer belongs to no sign-in that this browser began in the last minutes');
    const { account, sessionId, secret, lifetimeSeconds } = await this.federated.begin(queryOf(request), attempt, visitorOf(request));
    await this.records.cameIn(account.accountId, sessionId, 'identity-provider', request);
    this.cookies.keepRenewal(secret, request, response);
    await this.cookies.signIn(account, { id: sessionId, federated: true }, lifetimeSeconds, request, response);
    response.redirect(303, attempt.returnTo);
  }
}

function queryOf({ originalUrl }: Request): string {
  const at = originalUrl.indexOf('?');
  return at < 0 ? '' : originalUrl.slice(at);
}
