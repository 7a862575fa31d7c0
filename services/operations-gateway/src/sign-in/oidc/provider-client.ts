import * as oidc from 'openid-client';
import { DomainError } from '@brain/contracts';
import { listAt, type Claims } from '../domain/claim-at.js';
import { IdTokenSignature } from './id-token-signature.js';
import type { OidcSettings } from './oidc-settings.js';
import { providerFault } from './provider-fault.js';

/** What binds the provider's answer to the browser that asked. */
export interface AttemptSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The provider's word on a person. */
export interface ProviderAnswer {
  readonly subject: string;
  /** Of the ID token, and of userinfo where the ID token does not say everything. */
  readonly claims: Claims;
  readonly idToken: string | undefined;
  readonly refreshToken: string | undefined;
  /** Milliseconds since the epoch; undefined: no ID token came. */
  readonly idTokenExpiresAt: number | undefined;
}

/** This door as a client of the identity provider that was found. Refuses with the codes of `providerFault`. */
export class ProviderClient {
  private readonly signature: IdTokenSignature;

  constructor(
    private readonly provider: oidc.Configuration,
    private readonly settings: OidcSettings,
  ) {
    this.signature = new IdTokenSignature(provider.serverMetadata().jwks_uri ?? '', settings);
  }

  async authorizationUrl({ state, nonce, codeVerifier }: AttemptSecrets, prompt: 'login' | undefined): Promise<URL> {
    return oidc.buildAuthorizationUrl(this.provider, {
      redirect_uri: this.settings.redirectUri,
      scope: this.settings.scopes,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(prompt === undefined ? {} : { prompt }),
    });
  }

  /** What the provider answers for the code in the query it sent the browser back with. */
  exchange(query: string, { state, nonce, codeVerifier }: AttemptSecrets): Promise<ProviderAnswer> {
    const answered = new URL(this.settings.redirectUri);
    answered.search = query;
    return this.asking(async () => {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true };
      return this.answerOf(await oidc.authorizationCodeGrant(this.provider, answered, checks));
    });
  }

  /** Asks whether the person is still welcome, and as what. The answer is about `subject` or refused. */
  refresh(refreshToken: string, subject: string): Promise<ProviderAnswer> {
    return this.asking(async () => this.answerOf(await oidc.refreshTokenGrant(this.provider, refreshToken), subject));
  }

  /** Where the browser ends its session at the provider; undefined: the provider has no such place. */
  endSessionUrl(idToken: string | undefined): URL | undefined {
    if (this.provider.serverMetadata().end_session_endpoint === undefined) return undefined;
    return oidc.buildEndSessionUrl(this.provider, {
      post_logout_redirect_uri: this.settings.signedOutUri,
      ...(idToken === undefined ? {} : { id_token_hint: idToken }),
    });
  }

  async revoke(refreshToken: string): Promise<void> {
    if (this.provider.serverMetadata().revocation_endpoint === undefined) return;
    await this.asking(() => oidc.tokenRevocation(this.provider, refreshToken, { token_type_hint: 'refresh_token' }));
  }

  private async answerOf(
    tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
    expected?: string,
  ): Promise<ProviderAnswer> {
    if (tokens.id_token !== undefined) await this.signature.check(tokens.id_token);
    const told = tokens.claims();
    const subject = told?.sub ?? expected;
    if (subject === undefined || (expected !== undefined && subject !== expected)) {
      throw new DomainError('OIDC_TOKEN_INVALID', 'The identity provider answers about somebody else');
    }
    return {
      subject,
      claims: await this.completed(told ?? {}, subject, tokens.access_token),
      idToken: tokens.id_token,
      refreshToken: tokens.refresh_token,
      idTokenExpiresAt: told === undefined ? undefined : told.exp * 1000,
    };
  }

  /** Many providers keep the ID token small and tell the rest at userinfo. */
  private async completed(claims: Claims, subject: string, accessToken: string): Promise<Claims> {
    const { roles, areas } = this.settings.claims;
    const isComplete = listAt(claims, roles) !== undefined && listAt(claims, areas) !== undefined;
    if (isComplete || this.provider.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await oidc.fetchUserInfo(this.provider, accessToken, subject)), ...claims };
  }

  private async asking<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      throw providerFault(error);
    }
  }
}
