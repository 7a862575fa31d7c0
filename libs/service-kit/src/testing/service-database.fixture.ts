import { installEventStore, installPersonalData, MasterKeyRing } from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { MASTER_KEY, testDatabase, type TestDatabase } from '@brain/testing';
import pg from 'pg';
import { pino } from 'pino';
import { openDatabase } from '../engines/open-database.js';

export interface ServiceDatabaseOptions {
  readonly schema: string;
  readonly migrationsDir: string;
  /** What this service alone has beside the engines of all. */
  readonly installMore?: (client: pg.Client, roles: readonly string[]) => Promise<void>;
}

/**
 * A database as a service finds it in production: the engines, its own schema up to date, and a role that may do there
 * what the service may do. Only the keys of people are open to each, since tests record what other services would.
 * Installed once in a tier; every file works on a copy.
 */
export function serviceDatabase({ schema, migrationsDir, installMore }: ServiceDatabaseOptions): Promise<TestDatabase> {
  return testDatabase({
    name: schema,
    install: async ({ url, roleUrl, role }) => {
      await installEngines(url, schema, role, installMore);
      const config = { kit: { databaseUrl: roleUrl, databasePool: 1 } } as unknown as Parameters<typeof openDatabase>[0]['config'];
      const database = await openDatabase({ config, schema, migrationsDir }, pino({ level: 'silent' }));
      await database.onModuleDestroy();
    },
  });
}

async function installEngines(url: string, schema: string, role: string, installMore: ServiceDatabaseOptions['installMore']): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`REVOKE ALL ON SCHEMA public FROM PUBLIC; CREATE SCHEMA ${schema} AUTHORIZATION ${role}`);
    await installEventStore(client, { roles: [role] });
    await installMessageBus(client, { roles: [role], topics: topicCatalogue });
    await installMore?.(client, [role]);
    const roles = [role];
    await installPersonalData(client, { masterKeys: MasterKeyRing.fromText(MASTER_KEY), readers: roles, writers: roles, erasers: roles });
  } finally {
    await client.end();
  }
}
