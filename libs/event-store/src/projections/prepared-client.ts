import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { clientWithQuery } from './client-with-query.js';

const names = new Map<string, string>();
const MOST_NAMES = 500;

/**
 * The same client, with each parameterised statement prepared once per connection: a projection runs the same few
 * statements for every event, and planning them costs more than running them.
 */
export function preparing(client: ClientBase): ClientBase {
  return clientWithQuery(client, (send) => (...args) => {
    const [text, values, ...rest] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || rest.length > 0) return send(...args);
    const name = nameOf(text);
    return name === undefined ? send(...args) : send({ name, text, values });
  });
}

/** Undefined once too many different statements came: then somebody builds them anew each time. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `projection_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}
