import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

const names = new Map<string, string>();
const MOST_NAMES = 500;

/**
 * The same client, with each parameterised statement prepared once per connection: a projection runs the same few
 * statements for every event, and planning them costs more than running them.
 */
export function preparing(client: ClientBase): ClientBase {
  const query = (...args: readonly unknown[]): unknown => {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' && Array.isArray(values) && rest.length === 0 ? nameOf(text) : undefined;
    const given = name === undefined ? args : [{ name, text, values: values as unknown[] }];
    return Reflect.apply(client.query, client, given);
  };
  return new Proxy(client, {
    get(target, property) {
      if (property === 'query') return query;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
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
