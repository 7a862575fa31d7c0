/** What a started Express application answers, asked from its router and not from a list that somebody keeps. */
export interface RunningRoute {
  /** As HTTP writes it. */
  readonly method: string;
  /** As the route was declared, with `:names` and `*names`. */
  readonly path: string;
}

interface RouterLayer {
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method: string }[] } | undefined;
}

export function runningRoutes(app: { readonly router: { readonly stack: readonly RouterLayer[] } }): readonly RunningRoute[] {
  return app.router.stack.flatMap(({ route }) => {
    const methods = new Set(route?.stack.map(({ method }) => method.toUpperCase()));
    return [...methods].map((method) => ({ method, path: route?.path ?? '' }));
  });
}

/** A path that the route takes. */
export function examplePath({ path }: RunningRoute, value = '018f0000-0000-7000-8000-000000000001'): string {
  return path.replace(/:\w+/g, value).replace(/\{?\*\w+\}?/g, 'any/thing');
}

/**
 * Other spellings of one path, which some routers or proxies take for the same: letters in another case, slashes
 * doubled or added, letters encoded, dot segments, and a path parameter in the manner of RFC 3986.
 */
export function otherSpellings(path: string): readonly string[] {
  const segments = path.split('/').slice(1);
  const perSegment = segments.flatMap((segment, at) => spellingsOf(segment).map((spelt) => `/${segments.with(at, spelt).join('/')}`));
  const doubled = segments.map((_, at) => `/${[...segments.slice(0, at), '', ...segments.slice(at)].join('/')}`);
  const whole = [path.toUpperCase(), `${path}/`, `${path}//`, `${path}/.`, `${path};x=1`, `${path}%2f`, `/.${path}`, `/x/..${path}`, `/${segments.join('\\')}`, `/${segments.join('%2f')}`];
  return [...new Set([...perSegment, ...doubled, ...whole])].filter((spelling) => spelling !== path);
}

function spellingsOf(segment: string): readonly string[] {
  const first = segment.charAt(0);
  const code = first.charCodeAt(0).toString(16);
  const encoded = `%${code}${segment.slice(1)}`;
  return [first.toUpperCase() + segment.slice(1), segment.slice(0, -1) + segment.slice(-1).toUpperCase(), encoded, `%25${code}${segment.slice(1)}`];
}
