export type Claims = Readonly<Record<string, unknown>>;

/**
 * The claim under a name, or under a path such as `realm_access.roles`. Names win: some providers use addresses with
 * dots in them as names.
 */
export function claimAt(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path];
  return path.split('.').reduce<unknown>((found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined), claims);
}

/** A list as providers write it: an array, or a text with commas or spaces between. Undefined: the claim is not there. */
export function listAt(claims: Claims, path: string): readonly string[] | undefined {
  const found = claimAt(claims, path);
  if (typeof found === 'string') return found.split(/[\s,]+/).filter((item) => item !== '');
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : undefined;
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null;
}
