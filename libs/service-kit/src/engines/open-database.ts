import { migrate } from '@brain/event-store';
import type { Logger } from 'pino';
import type { KitConfig } from '../configuration.js';
import { Database } from '../database.js';
import { outageLog } from '../outage-log.js';
import { prepareRelay } from '../event-relay.js';

/** Opens the service's own schema and brings its tables up to date. */
export async function openDatabase(
  options: { readonly config: { readonly kit: KitConfig }; readonly schema: string; readonly migrationsDir: string },
  logger: Logger,
): Promise<Database> {
  const { databaseUrl, databasePool } = options.config.kit;
  const database = new Database(databaseUrl, options.schema, databasePool, (error) =>
    outageLog(logger).failed('database', error, 'a database connection was lost'),
  );
  const client = await database.pool.connect();
  try {
    await migrate(client, options.schema, options.migrationsDir);
  } finally {
    client.release();
  }
  await prepareRelay(database);
  return database;
}
