import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { DomainError, isDomainError } from '@brain/contracts';
import { START_POSITION, type EventStore } from '../event-store.port.js';
import { inSchema } from '../migrations/in-schema.js';
import type { NewestEvent } from '../newest-event.js';
import { withClient } from '../projections/with-client.js';

/** Tables that keep, beside how far a reader is, the newest event it has seen. Not every service has all of them. */
const POSITION_TABLES = ['projection_position', 'relay_position', 'log_head'];
/** In the place of an id, while tables are being made anew from another store. */
export const BEING_REMADE = 'being made anew';

export interface KeptTables {
  readonly pool: Pool;
  readonly schema: string;
  readonly store: Pick<EventStore, 'storeId' | 'nameStore' | 'readStream'>;
}

/**
 * Whether the store is the one these tables were made from, and knows all that they have seen of it. Tables that have
 * seen none yet are bound to this one; a store without an id is given one.
 * @returns the newest position that the tables know
 * @throws DomainError EVENT_STORE_CHANGED, EVENT_STORE_OLDER
 */
export async function requireKeptStore({ pool, schema, store }: KeptTables): Promise<string> {
  const { storeId: kept, newest } = await withClient(pool, (client) => inSchema(client, schema, () => readKept(client)));
  const found = await store.storeId();
  if (kept !== undefined && kept !== found) throw changed(schema, kept, found);
  for (const event of newest) if (!(await holds(store, event))) throw older(schema, event);
  if (kept === undefined) {
    const named = found ?? (await store.nameStore(randomUUID()));
    await withClient(pool, (client) => inSchema(client, schema, () => keepStore(client, named)));
  }
  return newest.map(({ position }) => position).reduce((one, other) => (one > other ? one : other), START_POSITION);
}

/** In the schema of the tables. */
export async function keepStore(client: ClientBase, storeId: string): Promise<void> {
  await client.query('INSERT INTO kept_store (store_id) VALUES ($1) ON CONFLICT (one) DO UPDATE SET store_id = excluded.store_id', [storeId]);
}

async function readKept(client: ClientBase): Promise<{ readonly storeId: string | undefined; readonly newest: readonly NewestEvent[] }> {
  const { rows } = await client.query<{ store_id: string }>('SELECT store_id FROM kept_store');
  const newest: NewestEvent[] = [];
  for (const table of POSITION_TABLES) {
    const { rows: there } = await client.query<{ there: boolean }>(
      "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = 'newest') AS there",
      [table],
    );
    if (there[0]?.there !== true) continue;
    const found = await client.query<{ newest: NewestEvent }>(`SELECT newest FROM ${table} WHERE newest IS NOT NULL`);
    newest.push(...found.rows.map((row) => row.newest));
  }
  return { storeId: rows[0]?.store_id, newest };
}

async function holds(store: KeptTables['store'], { eventId, streamId, revision, position }: NewestEvent): Promise<boolean> {
  try {
    for await (const event of store.readStream(streamId, { fromRevision: revision })) {
      return event.eventId === eventId && event.revision === revision && event.position === position;
    }
    return false;
  } catch (error) {
    if (isDomainError(error) && error.code.startsWith('STREAM_')) return false;
    throw error;
  }
}

const SWAP = 'npm run brain -- replay --swap';

function changed(schema: string, kept: string, found: string | undefined): DomainError {
  if (kept === BEING_REMADE) {
    return new DomainError('EVENT_STORE_CHANGED', `The tables of ${schema} were being made anew, and that was broken off: run ${SWAP}`);
  }
  const what = found === undefined ? 'has nothing of this product in it' : `is the store ${found}`;
  return new DomainError(
    'EVENT_STORE_CHANGED',
    `The tables of ${schema} were made from the event store ${kept}, and this one ${what}: start with that store again, or, when this one is a copy of it, run ${SWAP}`,
  );
}

function older(schema: string, { eventId, streamId, revision }: NewestEvent): DomainError {
  return new DomainError(
    'EVENT_STORE_OLDER',
    `The tables of ${schema} know the event ${eventId} (${streamId}, revision ${String(revision)}), and this event store does not have it: ` +
      `it is an older copy. Restore the newest copy of the store, or the tables and the log that belong to this one`,
  );
}
