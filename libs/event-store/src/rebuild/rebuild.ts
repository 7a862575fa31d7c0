import type { ClientBase, Pool } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { EventReader, StorePart } from '../event-store.port.js';
import { inSchema } from '../migrations/in-schema.js';
import type { Projection } from '../projection.port.js';
import { applyEvents } from '../projections/apply-events.js';
import { inChunks } from './in-chunks.js';
import { writingBehind } from './write-behind-client.js';

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

const CHUNK = 1_000;

/** Part of the store, many events at a time. `signal` ends the wait of a reader who shares a pass. */
export type Pages = (part: StorePart & { readonly signal?: AbortSignal }) => AsyncIterable<readonly StoredEvent[]>;

export function pagesOf(store: Pick<EventReader, 'readAll'>): Pages {
  return (part) => inChunks(store.readAll(part), CHUNK);
}

/** Where events come from, and how they get into the shadow: inside a transaction there. */
export interface Source {
  readonly pages: Pages;
  readonly write: (client: ClientBase, events: readonly StoredEvent[]) => Promise<void>;
}

/** From the store, as they get into the live tables. */
export function fromStore({ store }: Rebuild, projection: Projection): Source {
  return {
    pages: pagesOf(store),
    write: (client, events) => writingBehind(client, (sql) => applyEvents(sql, projection, events)),
  };
}

/** One transaction in the shadow. It need not be on disk before the next: a lost rebuild is begun again. */
export function inShadow<T>({ writer, shadow }: Rebuild, work: (client: ClientBase) => Promise<T>): Promise<T> {
  return inSchema(writer, shadow, async () => {
    await writer.query('SET LOCAL synchronous_commit = off');
    return work(writer);
  });
}
