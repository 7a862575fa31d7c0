/** Halves of surrogate pairs that stand alone, and NUL. */
const UNWRITABLE = /[\p{Surrogate}\0]/u;

/**
 * The same JSON value with U+FFFD in the place of every half of a surrogate pair, as any encoder to UTF-8 writes it, and
 * of every NUL. JSON lets both in by escapes; canonical JSON (RFC 8785), and so the log, does not know the one, and no
 * read table of PostgreSQL takes the other: an event with it would hold up every projection that comes by.
 */
export function wellFormed<T>(value: T): T {
  return isWellFormed(value) ? value : (repaired(value) as T);
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !UNWRITABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([name, inner]) => !UNWRITABLE.test(name) && isWellFormed(inner));
}

function repaired(value: unknown): unknown {
  if (typeof value === 'string') return replaced(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(repaired);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [replaced(name), repaired(inner)]));
}

function replaced(text: string): string {
  return text.replaceAll(/[\p{Surrogate}\0]/gu, '\uFFFD');
}
