import pg from 'pg';
import { testDatabase, type DatabaseTemplate } from '@brain/testing';
import type { EventStoreHarness } from '../conformance/event-store-harness.js';
import { installEventStore } from './install-event-store.js';
import { PostgresEventStore, type PostgresEventStoreOptions } from './postgres-event-store.js';

export interface EventStoreDatabase extends EventStoreHarness {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly open: (options?: Partial<PostgresEventStoreOptions>) => PostgresEventStore;
}

const TEMPLATE: DatabaseTemplate = {
  name: 'event_store',
  async install({ url }) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await installEventStore(client, { roles: [] });
    } finally {
      await client.end();
    }
  },
};

/** A fresh database with an event store in it. */
export async function eventStoreDatabase(): Promise<EventStoreDatabase> {
  const database = await testDatabase(TEMPLATE);
  const url = database.ownerUrl;
  const pool = new pg.Pool({ connectionString: url, max: 5 });

  const opened: PostgresEventStore[] = [];
  const open = (options: Partial<PostgresEventStoreOptions> = {}) => {
    const store = new PostgresEventStore({ connectionString: url, ...options });
    opened.push(store);
    return store;
  };
  return {
    url,
    pool,
    open,
    store: open(),
    another: open,
    writeRaw: async (streamId, { type, data, metadata }) => {
      await pool.query(
        `INSERT INTO event_store.event (stream_id, revision, event_id, type, data, metadata)
         SELECT $1, count(*), gen_random_uuid(), $2, $3, $4 FROM event_store.event WHERE stream_id = $1`,
        [streamId, type, JSON.stringify(data), JSON.stringify(metadata)],
      );
    },
    close: async () => {
      await Promise.all(opened.map((store) => store.close()));
      await pool.end();
      await database.drop();
    },
  };
}
