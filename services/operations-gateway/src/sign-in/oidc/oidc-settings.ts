import type { GatewayConfig } from '../../config.js';
import type { ClaimNames } from '../domain/person-of-claims.js';

/** What this door must know to be a client of the organisation's identity provider. */
export interface OidcSettings {
  readonly issuer: string;
  readonly discoveryUrl: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
  readonly redirectUri: string;
  /** Where the provider sends the browser after signing out there. */
  readonly signedOutUri: string;
  readonly clockToleranceSeconds: number;
  readonly claims: ClaimNames;
}

const DESCRIPTION = '/.well-known/openid-configuration';

/** Undefined: people sign in with our own accounts alone. */
export function oidcSettingsOf(config: GatewayConfig): OidcSettings | undefined {
  const { GATEWAY_OIDC_ISSUER: issuer, GATEWAY_OIDC_CLIENT_ID: clientId, GATEWAY_OIDC_CLIENT_SECRET: clientSecret } = config;
  const { GATEWAY_AUTH: methods, GATEWAY_PUBLIC_URL: publicUrl } = config;
  if (methods === 'local' || issuer === undefined || clientId === undefined || clientSecret === undefined || publicUrl === undefined) {
    return undefined;
  }
  const described = config.GATEWAY_OIDC_DISCOVERY_URL ?? issuer;
  return {
    issuer,
    discoveryUrl: new URL(described.includes('/.well-known/') ? described : described.replace(/\/$/, '') + DESCRIPTION),
    clientId,
    clientSecret,
    scopes: config.GATEWAY_OIDC_SCOPES,
    redirectUri: `${publicUrl}/api/auth/oidc/callback`,
    signedOutUri: `${publicUrl}/`,
    clockToleranceSeconds: config.GATEWAY_OIDC_CLOCK_TOLERANCE_SECONDS,
    claims: {
      roles: config.GATEWAY_OIDC_ROLES_CLAIM,
      areas: config.GATEWAY_OIDC_AREAS_CLAIM,
      staffId: config.GATEWAY_OIDC_STAFF_CLAIM,
    },
  };
}
