const OWN = 'http://own.invalid';
const HOME = '/';

/**
 * Where a person goes after signing in: a page of ours. Whatever names another host, in any of the ways browsers
 * read one, or an address of the API, is the front page.
 */
export function safeReturnTo(asked: string | undefined): string {
  if (asked === undefined || !asked.startsWith('/') || !URL.canParse(asked, OWN)) return HOME;
  const { origin, pathname, search, hash } = new URL(asked, OWN);
  const isPage = origin === OWN && !pathname.startsWith('//') && !/^\/api(\/|$)/.test(pathname);
  return isPage ? pathname + search + hash : HOME;
}
