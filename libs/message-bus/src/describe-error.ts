import { types } from 'node:util';

/** What a person needs to see in the list of dead letters. */
export function describeError(error: unknown): string {
  if (types.isNativeError(error)) return error.stack ?? `${error.name}: ${error.message}`;
  if (typeof error === 'string') return error;
  return error === undefined ? 'undefined' : JSON.stringify(error);
}
