import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { OidcSettings } from './oidc-settings.js';

/** Signatures of the provider alone. A shared secret could be ours to sign with, and `none` is no signature. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const TIMEOUT_MS = 5_000;

/**
 * Checks who signed an ID token. Keys are fetched when a token names one that is not known yet, so the provider may
 * change them at any moment; there is no pause between fetches because tokens come from the provider's own endpoint.
 */
export class IdTokenSignature {
  private readonly keys: JWTVerifyGetKey;

  constructor(
    jwksUri: string,
    private readonly settings: OidcSettings,
  ) {
    this.keys = createRemoteJWKSet(new URL(jwksUri), { cooldownDuration: 0, timeoutDuration: TIMEOUT_MS });
  }

  /** @throws the error of jose */
  async check(idToken: string): Promise<void> {
    await jwtVerify(idToken, this.keys, {
      algorithms: ALGORITHMS,
      issuer: this.settings.issuer,
      audience: this.settings.clientId,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: this.settings.clockToleranceSeconds,
    });
  }
}
