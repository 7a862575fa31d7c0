import type { ClientBase, Pool } from 'pg';
import type { EventReader } from '../event-store.port.js';
import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';

/** A rebuild under way: the schema that serves, and the one beside it that is being filled. */
export interface Rebuild {
  readonly store: EventReader;
  readonly pool: Pool;
  readonly live: string;
  readonly shadow: string;
  /** Writes the shadow; sends without waiting. */
  readonly writer: ClientBase;
  /** Told after each chunk; throws when the rebuild is to end. */
  readonly onApplied: (projection: Projection, events: number) => void;
}

export const CHUNK = 1_000;

/** One transaction in the shadow. It need not be on disk before the next: a lost rebuild is begun again. */
export function inShadow<T>({ writer, shadow }: Rebuild, work: (client: ClientBase) => Promise<T>): Promise<T> {
  return inSchema(writer, shadow, async () => {
    await writer.query('SET LOCAL synchronous_commit = off');
    return work(writer);
  });
}
