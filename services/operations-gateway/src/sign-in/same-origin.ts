import type { IncomingHttpHeaders } from 'node:http';

/**
 * Did a page of ours send this? Browsers say so themselves (Sec-Fetch-Site), older ones through Origin. A request
 * that says neither is not from a page we can vouch for.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin !== undefined && originMatchesHost(headers.origin, headers.host);
}

/** As above, but a caller that is no browser at all (no Origin, no Sec-Fetch-Site) is let through: it carries no cookie of ours. */
export function isForeignPage(headers: IncomingHttpHeaders): boolean {
  const isFromPage = headers['sec-fetch-site'] !== undefined || headers.origin !== undefined;
  return isFromPage && !isSameOrigin(headers);
}

function originMatchesHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}
