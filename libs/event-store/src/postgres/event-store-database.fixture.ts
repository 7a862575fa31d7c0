import pg from 'pg';
import { testDatabase } from '@brain/testing';
import type { EventStoreHarness } from '../conformance/event-store-harness.js';
import { installEventStore } from './install-event-store.js';
import { PostgresEventStore, type PostgresEventStoreOptions } from './postgres-event-store.js';

export interface EventStoreDatabase extends EventStoreHarness {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly open: (options?: Partial<PostgresEventStoreOptions>) => PostgresEventStore;
}

/** A fresh database with an event store in it. */
export async function eventStoreDatabase(): Promise<EventStoreDatabase> {
  const database = await testDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 5 });
  const client = await pool.connect();
  await installEventStore(client, { roles: [] });
  client.release();

  const opened: PostgresEventStore[] = [];
  const open = (options: Partial<PostgresEventStoreOptions> = {}) => {
    const store = new PostgresEventStore({ connectionString: database.url, ...options });
    opened.push(store);
    return store;
  };
  return {
    url: database.url,
    pool,
    open,
    store: open(),
    another: open,
    close: async () => {
      await Promise.all(opened.map((store) => store.close()));
      await pool.end();
      await database.drop();
    },
  };
}
