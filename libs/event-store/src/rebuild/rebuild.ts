import type { ClientBase, Pool } from 'pg';
import type { EventStore } from '../event-store.port.js';
import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';
import { withClient } from '../projections/with-client.js';

/** A rebuild under way: the schema that serves, and the one beside it that is being filled. */
export interface Rebuild {
  readonly store: EventStore;
  readonly pool: Pool;
  readonly live: string;
  readonly shadow: string;
  /** Told after each chunk. */
  readonly onApplied: (projection: Projection, events: number) => void;
}

export const CHUNK = 1_000;

/** One transaction in the shadow. It need not be on disk before the next: a lost rebuild is begun again. */
export function inShadow<T>({ pool, shadow }: Rebuild, work: (client: ClientBase) => Promise<T>): Promise<T> {
  return withClient(pool, (client) =>
    inSchema(client, shadow, async () => {
      await client.query('SET LOCAL synchronous_commit = off');
      return work(client);
    }),
  );
}
