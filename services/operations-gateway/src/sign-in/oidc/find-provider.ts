import * as oidc from 'openid-client';
import type { OidcSettings } from './oidc-settings.js';
import { ProviderClient } from './provider-client.js';
import { providerFault, refused } from './provider-fault.js';

const TIMEOUT_SECONDS = 5;

/**
 * Reads how the provider describes itself and shows it our credentials once.
 * @throws DomainError OIDC_UNAVAILABLE when it does not answer, OIDC_REFUSED when it is another one or does not take us
 */
export async function findProvider(settings: OidcSettings): Promise<ProviderClient> {
  const provider = await describe(settings);
  const { issuer, jwks_uri: jwksUri } = provider.serverMetadata();
  if (issuer !== settings.issuer) {
    throw refused(`${settings.discoveryUrl.href} speaks for ${issuer}, not for ${settings.issuer}`, 'correct GATEWAY_OIDC_ISSUER');
  }
  if (jwksUri === undefined) throw refused('it publishes no keys (jwks_uri)', 'without them nobody can check its tokens');
  await showCredentials(provider);
  return new ProviderClient(provider, settings);
}

async function describe({ discoveryUrl, clientId, clientSecret, clockToleranceSeconds }: OidcSettings): Promise<oidc.Configuration> {
  // Plain http is the choice of whoever configured such an address: a closed network, a test.
  const execute = discoveryUrl.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  const metadata = { [oidc.clockTolerance]: clockToleranceSeconds };
  try {
    return await oidc.discovery(discoveryUrl, clientId, metadata, oidc.ClientSecretBasic(clientSecret), { execute, timeout: TIMEOUT_SECONDS });
  } catch (error) {
    throw providerFault(error);
  }
}

/** Asks with a refresh token that nobody has: the provider looks at who is asking first, and says so if it is not us. */
async function showCredentials(provider: oidc.Configuration): Promise<void> {
  try {
    await oidc.refreshTokenGrant(provider, 'are-we-your-client');
  } catch (error) {
    const isTaken = error instanceof oidc.ResponseBodyError && error.error !== 'invalid_client' && error.status !== 401;
    if (!isTaken) throw providerFault(error);
  }
}
