import { isSealed } from '@brain/contracts';

/** Is `shown` the stored value in every place where that is not encrypted? What stands for an encrypted value cannot be told. */
export function readsLike(stored: unknown, shown: unknown): boolean {
  if (isSealed(stored)) return shown !== undefined;
  if (typeof stored !== 'object' || stored === null) return stored === shown;
  if (typeof shown !== 'object' || shown === null || Array.isArray(stored) !== Array.isArray(shown)) return false;
  const said = new Map<string, unknown>(Object.entries(shown));
  const members = Object.entries(stored);
  return said.size === members.length && members.every(([key, value]) => said.has(key) && readsLike(value, said.get(key)));
}
