import type { FactoryProvider } from '@nestjs/common';
import { migrate, PostgresEventStore, type EventStore } from '@brain/event-store';
import { PostgresMessageBus, type MessageBus } from '@brain/message-bus';
import type { Logger } from 'pino';
import { aborted } from './background-task.js';
import type { KitConfig } from './configuration.js';
import { Database } from './database.js';
import { prepareRelay } from './event-relay.js';
import type { Readiness } from './readiness.js';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
const NEVER = new AbortController().signal;

/** Opens the service's own schema, waiting for the server, and brings its tables up to date. */
export async function openDatabase(
  options: { readonly config: { readonly kit: KitConfig }; readonly schema: string; readonly migrationsDir: string },
  logger: Logger,
  readiness: Readiness,
): Promise<Database> {
  const { databaseUrl, databasePool } = options.config.kit;
  const database = new Database(databaseUrl, options.schema, databasePool, (error) =>
    logger.warn({ err: error }, 'a database connection was lost'),
  );
  await reachable(() => database.query('SELECT 1'), logger);
  const client = await database.pool.connect();
  try {
    await migrate(client, options.schema, options.migrationsDir);
  } finally {
    client.release();
  }
  await prepareRelay(database);
  readiness.addPing('database', () => database.query('SELECT 1'));
  return database;
}

export function openEventStore(kit: KitConfig, service: string, logger: Logger, readiness: Readiness): EventStore {
  const store = new PostgresEventStore({
    connectionString: kit.databaseUrl,
    applicationName: `${service}/event-store`,
    onError: (error) => logger.warn({ err: error }, 'event store connection lost'),
  });
  readiness.addPing('event-store', () => store.headPosition());
  return store;
}

export function openBus(kit: KitConfig, readiness: Readiness): MessageBus {
  const bus = new PostgresMessageBus({ connectionString: kit.databaseUrl });
  readiness.addPing('bus', () => bus.ping());
  return bus;
}

/** Closes an engine when the application ends, after everything that uses it has stopped. */
export function closing(token: symbol, name: string): FactoryProvider {
  return {
    provide: name,
    inject: [token],
    useFactory: (engine: { close(): Promise<void> }) => ({ onApplicationShutdown: () => engine.close() }),
  };
}

/** Not yet there is not an error: the engine may still be starting. Anything else is. */
async function reachable(attempt: () => Promise<unknown>, logger: Logger): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!isStarting(error)) throw error;
      logger.warn({ err: error, pauseMs: pause }, 'the database is not reachable yet');
      await aborted(NEVER, pause);
    }
  }
}

const STARTING_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P03']);

function isStarting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && STARTING_CODES.has(String(error.code));
}
