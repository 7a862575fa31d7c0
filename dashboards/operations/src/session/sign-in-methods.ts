import { request } from '../api/request.js';

/** How this installation lets people in, and what its door knows before that. */
export interface SignInMethods {
  readonly local: boolean;
  /** The browser brought a sign-in, or the means to renew one: nobody else needs to be asked who they are. */
  readonly signedInBefore: boolean;
  /** The zone the installation lives in. */
  readonly timeZone: string;
  readonly oidc: { readonly startUrl: string; readonly available: boolean } | null;
}

export async function signInMethods(): Promise<SignInMethods> {
  return (await request('/api/auth/methods')) as SignInMethods;
}

/** Another account than the one the provider gives by itself helps here. */
const OF_THE_ACCOUNT = new Set(['OIDC_ROLE_MISSING', 'OIDC_AREA_MISSING', 'ACCOUNT_DISABLED', 'OIDC_DENIED']);

/** To the organisation's provider, and from there back to the page asked for. */
export function providerUrl(startUrl: string, { pathname, search }: Pick<Location, 'pathname' | 'search'>, refusal: string | null): string {
  const page = new URLSearchParams(search);
  page.delete('signInError');
  const query = new URLSearchParams({ returnTo: pathname + (page.size === 0 ? '' : `?${page.toString()}`) });
  if (refusal !== null && OF_THE_ACCOUNT.has(refusal)) query.set('prompt', 'login');
  return `${startUrl}?${query.toString()}`;
}

/** Why the provider's answer did not let this person in. */
export function refusalOfPage(search: string): string | null {
  const code = new URLSearchParams(search).get('signInError');
  return code !== null && /^[A-Z_]{1,50}$/.test(code) ? code : null;
}
