interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** As far as a sign-in needs one: keeps cookies per origin and path, and follows redirects one at a time. */
export class Browser {
  private readonly jars = new Map<string, Cookie[]>();

  async request(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { origin, pathname } = new URL(url);
    const headers = new Headers(init.headers);
    const sent = this.cookies(origin).filter(({ path }) => isWithin(pathname, path));
    if (sent.length > 0) headers.set('cookie', sent.map(({ name, value }) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(origin, line);
    return response;
  }

  /** From a page of the same origin, as the dashboard does. */
  post(url: string | URL, body?: URLSearchParams): Promise<Response> {
    return this.request(url, { method: 'POST', headers: { origin: new URL(url).origin }, ...(body === undefined ? {} : { body }) });
  }

  /** Follows redirects until an answer is none, or leads to an address that `stop` names; that address is not asked for. */
  async follow(url: string | URL, stop: (next: URL) => boolean = () => false): Promise<{ readonly url: URL; readonly response: Response }> {
    const response = await this.request(url);
    const location = response.headers.get('location');
    if (location === null) return { url: new URL(url), response };
    const next = new URL(location, url);
    return stop(next) ? { url: next, response } : this.follow(next, stop);
  }

  cookie(origin: string, name: string): string | undefined {
    return this.cookies(origin).find((one) => one.name === name)?.value;
  }

  put(origin: string, cookie: Cookie): void {
    this.jars.set(origin, [...this.cookies(origin).filter(({ name, path }) => name !== cookie.name || path !== cookie.path), cookie]);
  }

  private cookies(origin: string): readonly Cookie[] {
    return this.jars.get(origin) ?? [];
  }

  private keep(origin: string, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const attribute = (name: string) => attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const expires = attribute('expires');
    const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), path: attribute('path') ?? '/' };
    this.put(origin, cookie);
    if (expires === undefined || Date.parse(expires) > Date.now()) return;
    this.jars.set(origin, this.cookies(origin).filter((one) => one !== cookie));
  }
}

function isWithin(pathname: string, path: string): boolean {
  return path === '/' || pathname === path || pathname.startsWith(`${path}/`);
}
