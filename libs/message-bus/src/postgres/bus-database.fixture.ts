import { testDatabase, type TestDatabase } from '@brain/testing';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import pg from 'pg';
import type { TopicDefinition } from '../topic-catalogue.js';
import { installMessageBus } from './install-message-bus.js';
import { PostgresMessageBus, type PostgresMessageBusOptions } from './postgres-message-bus.js';

export interface BusDatabase {
  /** An empty log with these topics; gives its schema. */
  install(topics: readonly TopicDefinition[]): Promise<string>;
  /** A bus that is closed after the test. */
  open(schema: string, options?: Partial<PostgresMessageBusOptions>): PostgresMessageBus;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  url(): string;
}

/** A database for the spec file, with as many separate logs as its tests need. */
export function busDatabase(): BusDatabase {
  let database: TestDatabase;
  let client: pg.Client;
  let installed = 0;
  let open: PostgresMessageBus[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    client = new pg.Client(database.url);
    await client.connect();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(open.map((bus) => bus.close()));
    open = [];
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  return {
    async install(topics) {
      const schema = `bus_${String(++installed)}`;
      await installMessageBus(client, { schema, roles: [], topics });
      return schema;
    },
    open(schema, options = {}) {
      const bus = new PostgresMessageBus({ connectionString: database.url, schema, ...options });
      open.push(bus);
      return bus;
    },
    async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
      return (await client.query<Row>(text, values)).rows;
    },
    url: () => database.url,
  };
}
