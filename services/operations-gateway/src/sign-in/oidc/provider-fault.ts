import { errors as joseErrors } from 'jose';
import { AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { DomainError, isDomainError } from '@brain/contracts';

const CLIENT_REMEDY =
  'check GATEWAY_OIDC_CLIENT_ID, GATEWAY_OIDC_CLIENT_SECRET, GATEWAY_OIDC_SCOPES, and that GATEWAY_PUBLIC_URL + /api/auth/oidc/callback is a redirect URI of the client';
const BUSY = new Set(['server_error', 'temporarily_unavailable']);
const NO_ANSWER = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']);
const NO_KEYS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC']);

/**
 * What went wrong between this door and the identity provider, as one of our codes:
 * OIDC_DENIED (the provider said no to the person), OIDC_CODE_REFUSED (used, expired or not ours), OIDC_TOKEN_INVALID,
 * OIDC_REFUSED (the provider does not take us as its client), OIDC_UNAVAILABLE.
 */
export function providerFault(error: unknown): Error {
  if (isDomainError(error)) return error;
  if (error instanceof AuthorizationResponseError) return authorizationFault(error);
  if (error instanceof ResponseBodyError) return tokenFault(error);
  if (error instanceof WWWAuthenticateChallengeError) return refused('the client is not accepted');
  if (error instanceof ClientError) return isNoAnswer(error) ? unavailable(error) : invalid(error);
  if (error instanceof joseErrors.JOSEError) return NO_KEYS.has(error.code) ? unavailable(error) : invalid(error);
  // `fetch` reports every failure of the network as a TypeError.
  if (error instanceof TypeError) return unavailable(error);
  return error instanceof Error ? error : new Error(String(error));
}

/** The library gives a code to what it understood; a connection that broke has none. */
function isNoAnswer({ code }: ClientError): boolean {
  return code === undefined || NO_ANSWER.has(code);
}

export function refused(what: string, remedy = CLIENT_REMEDY): DomainError {
  return new DomainError('OIDC_REFUSED', `the identity provider refused us: ${what}; ${remedy}`);
}

function authorizationFault({ error, error_description: description }: AuthorizationResponseError): DomainError {
  if (error === 'access_denied') return new DomainError('OIDC_DENIED', 'The identity provider did not let this person in');
  if (BUSY.has(error)) return new DomainError('OIDC_UNAVAILABLE', `The identity provider says ${error}`);
  return refused(said(error, description));
}

function tokenFault({ error, error_description: description, status }: ResponseBodyError): DomainError {
  if (error === 'invalid_grant') return new DomainError('OIDC_CODE_REFUSED', `The identity provider says ${said(error, description)}`);
  if (status >= 500 || BUSY.has(error)) return new DomainError('OIDC_UNAVAILABLE', `The identity provider says ${error}`);
  return refused(said(error, description));
}

function said(error: string, description: string | undefined): string {
  return description === undefined ? error : `${error} (${description})`;
}

function unavailable(error: Error): DomainError {
  return new DomainError('OIDC_UNAVAILABLE', `The identity provider does not answer: ${reasonOf(error)}`);
}

function invalid(error: Error): DomainError {
  return new DomainError('OIDC_TOKEN_INVALID', `The identity provider's answer is not valid: ${reasonOf(error)}`);
}

function reasonOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
