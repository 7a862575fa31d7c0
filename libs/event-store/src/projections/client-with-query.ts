import type { ClientBase } from 'pg';

export type Query = (...args: readonly unknown[]) => unknown;

/** The same client with another way to query; the given one is handed to it. */
export function clientWithQuery(client: ClientBase, queryInstead: (send: Query) => Query): ClientBase {
  const query = queryInstead(client.query.bind(client));
  return new Proxy(client, {
    get(target, property) {
      if (property === 'query') return query;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value as Query).bind(target) : value;
    },
  });
}
