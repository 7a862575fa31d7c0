import type { CookieOptions } from 'express';

export const SESSION_COOKIE = 'brain_session';
/** Renews the session of somebody the organisation's identity provider signed in. */
export const RENEWAL_COOKIE = 'brain_renewal';
/** A sign-in under way at the provider. */
export const ATTEMPT_COOKIE = 'brain_sign_in';

export function sessionCookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}

/** No other path of this door needs it. */
export function renewalCookieOptions(secure: boolean): CookieOptions {
  return { ...sessionCookieOptions(secure), path: '/api/auth' };
}

/** The provider sends the browser back from its own site: a strict cookie would stay behind. */
export function attemptCookieOptions(secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/api/auth/oidc' };
}

/** The session's token from a Cookie header. */
export function sessionOf(cookieHeader: string | undefined): string | undefined {
  return cookieOf(cookieHeader, SESSION_COOKIE);
}

export function cookieOf(cookieHeader: string | undefined, name: string): string | undefined {
  for (const pair of cookieHeader?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}
