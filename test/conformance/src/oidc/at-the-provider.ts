import type { Browser } from './browser.js';

const CALLBACK = '/api/auth/oidc/callback';
const isCallback = ({ pathname }: URL): boolean => pathname === CALLBACK;

/**
 * A person at a browser who begins at our door and answers what the provider asks, to sign in and to consent.
 * @returns the address the provider sends the browser back to; it has not been asked for yet
 */
export async function wayBack(browser: Browser, start: string, who: string): Promise<URL> {
  let { url, response } = await browser.follow(start, isCallback);
  while (!isCallback(url)) {
    const prompt = /name="prompt" value="(\w+)"/.exec(await response.text())?.[1];
    if (prompt === undefined) throw new Error(`No page of the provider: ${response.status} at ${url.pathname}`);
    const answered = await browser.post(url, new URLSearchParams({ prompt, login: who, password: 'not looked at' }));
    const next = new URL(answered.headers.get('location') ?? '', url);
    ({ url, response } = isCallback(next) ? { url: next, response: answered } : await browser.follow(next, isCallback));
  }
  return url;
}

/** The person goes back instead. */
export async function cancelled(browser: Browser, start: string): Promise<URL> {
  const { url } = await browser.follow(start, isCallback);
  return (await browser.follow(`${url.href}/abort`, isCallback)).url;
}

/** Confirms on the provider's page that the session there ends too. Where the browser ends up. */
export async function signOutAt(browser: Browser, endSessionUrl: string): Promise<string | null> {
  const page = await browser.request(endSessionUrl);
  const html = await page.text();
  const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(html) ?? [];
  const done = await browser.post(new URL(action, endSessionUrl), new URLSearchParams({ xsrf, logout: 'yes' }));
  return done.headers.get('location');
}
