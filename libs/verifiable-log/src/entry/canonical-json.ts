import canonicalize from 'canonicalize';
import { LogFault } from '../log-fault.js';

/** RFC 8785: the one way to write this JSON value. Refuses what JSON cannot carry. */
export function canonicalJson(value: unknown): string {
  const text = attempt(value);
  if (text === undefined) throw new LogFault('EVENT_NOT_CANONICAL', 'Not a JSON value');
  return text;
}

function attempt(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch (error) {
    throw new LogFault('EVENT_NOT_CANONICAL', error instanceof Error ? error.message : String(error));
  }
}
