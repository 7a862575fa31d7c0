import type { Pool } from 'pg';
import type { EventStore } from '../event-store.port.js';
import { inSchema } from '../migrations/in-schema.js';
import { newestOf, type NewestEvent } from '../newest-event.js';
import { withClient } from '../projections/with-client.js';
import { BEING_REMADE, keepStore } from './kept-store.js';

export interface RepointedTables {
  readonly pool: Pool;
  readonly schema: string;
  readonly store: Pick<EventStore, 'headPosition' | 'readStream' | 'readStreamBackwards'>;
}

/**
 * The positions of a service's tables in a copy of the store they were made from. The tables themselves are wrong until
 * they are made anew, so no service starts with them until `keepTables` says that they are.
 */
export async function repointTables({ pool, schema, store }: RepointedTables): Promise<void> {
  const head = await store.headPosition();
  const relays = await withClient(pool, (client) =>
    inSchema(client, schema, async () => {
      await keepStore(client, BEING_REMADE);
      await client.query('UPDATE projection_position SET position = $1, newest = NULL', [head]);
      const { rows } = await client.query<{ there: string | null }>("SELECT to_regclass('relay_position')::text AS there");
      if (rows[0]?.there === null) return [];
      return (await client.query<{ topic: string; newest: NewestEvent | null }>('SELECT topic, newest FROM relay_position')).rows;
    }),
  );
  for (const { topic, newest } of relays) {
    const copy = newest === null ? null : await inCopy(store, newest);
    const place = copy === null ? ['DELETE FROM relay_position WHERE topic = $1', [topic]] as const
      : ['UPDATE relay_position SET position = $2, newest = $3 WHERE topic = $1', [topic, copy.position, JSON.stringify(copy)]] as const;
    // Where nothing tells how far it was, all is published again: whoever has it knows it again.
    await withClient(pool, (client) => inSchema(client, schema, () => client.query(place[0], [...place[1]])));
  }
}

/** The tables are made anew from this store. */
export async function keepTables(pool: Pool, schema: string, storeId: string): Promise<void> {
  await withClient(pool, (client) => inSchema(client, schema, () => keepStore(client, storeId)));
}

/** Of which store the tables are; undefined: of none yet. */
export async function keptStoreOf(pool: Pool, schema: string): Promise<string | undefined> {
  return withClient(pool, (client) =>
    inSchema(client, schema, async () => {
      const { rows: tables } = await client.query<{ there: string | null }>("SELECT to_regclass('kept_store')::text AS there");
      if (tables[0]?.there === null) return undefined; // not started since there is such a table
      return (await client.query<{ store_id: string }>('SELECT store_id FROM kept_store')).rows[0]?.store_id;
    }),
  );
}

async function inCopy(store: RepointedTables['store'], { streamId, revision, eventId }: NewestEvent): Promise<NewestEvent | null> {
  for await (const event of store.readStream(streamId, { fromRevision: revision })) return event.eventId === eventId ? newestOf([event]) : null;
  return null;
}
