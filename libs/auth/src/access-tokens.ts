import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { DomainError, separationConflict } from '@brain/contracts';
import type { Actor } from './actor.js';
import { TokenRefused } from './token-refused.js';
import { actorOf, sessionOf, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER, tokenClaims, type TokenSession } from './token-claims.js';

/** Times in seconds since the epoch. */
export interface VerifiedToken {
  readonly actor: Actor;
  /** Undefined: the token belongs to no sign-in that could be renewed or ended. */
  readonly session: TokenSession | undefined;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Verifies access tokens against the public keys of this installation. Also the injection token for the guard. */
export class AccessTokens {
  private constructor(private readonly keys: JWTVerifyGetKey) {}

  static fromJwks(jwks: JSONWebKeySet): AccessTokens {
    return new AccessTokens(createLocalJWKSet(jwks));
  }

  /** Reads the file at once, so a missing or broken one stops the start. */
  static fromFile(path: string): AccessTokens {
    return AccessTokens.fromJwks(JSON.parse(readFileSync(path, 'utf8')) as JSONWebKeySet);
  }

  static fromUrl(url: URL): AccessTokens {
    return new AccessTokens(createRemoteJWKSet(url));
  }

  /** The actor the token speaks for. Refuses with TOKEN_MISSING, TOKEN_EXPIRED or TOKEN_INVALID; never repeats the token. */
  async verify(token: string | undefined): Promise<Actor> {
    return (await this.verifyWithTimes(token)).actor;
  }

  /** As `verify`, with the token's times: for connections that outlive a request, and for ending sessions early. */
  async verifyWithTimes(token: string | undefined): Promise<VerifiedToken> {
    if (token === undefined || token === '') throw new DomainError('TOKEN_MISSING', 'Sign in first');
    const { payload } = await jwtVerify(token, this.keys, {
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      requiredClaims: ['exp', 'iat'],
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const claims = tokenClaims.safeParse(payload);
    if (!claims.success || payload.exp === undefined || payload.iat === undefined) throw invalid();
    if (separationConflict(claims.data.roles).length > 0) throw invalid();
    return { actor: actorOf(claims.data), session: sessionOf(claims.data), issuedAt: payload.iat, expiresAt: payload.exp };
  }
}

function refusalOf(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new TokenRefused('TOKEN_EXPIRED', 'The sign-in has expired', error.payload.sub);
  // An unreachable key server says nothing about the token: let it show as a fault of ours.
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
    return error instanceof Error ? error : new Error('Token keys are not available');
  }
  return invalid();
}

function invalid(): DomainError {
  return new DomainError('TOKEN_INVALID', 'The access token is not valid');
}
