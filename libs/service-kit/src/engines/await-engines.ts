import pg from 'pg';
import type { Logger } from 'pino';
import type { KitConfig } from '../configuration.js';
import { Readiness } from '../readiness.js';
import { openBus, openEventStore } from './open-engines.js';
import { openWaitingDoor } from './waiting-door.js';
import { whenReachable } from './when-reachable.js';

/**
 * Resolves when every engine of the configuration answers; meanwhile `/readyz` names what is missing.
 * @throws DomainError when an engine answers and must not be used, with the remedy
 */
export async function awaitEngines(service: string, kit: KitConfig, logger: Logger): Promise<void> {
  const database = new pg.Pool({ connectionString: kit.databaseUrl, max: 1 });
  database.on('error', () => undefined); // asked again anyway
  const store = await openEventStore(kit, service, logger);
  const bus = await openBus(kit, service);
  const pings = { database: () => database.query('SELECT 1'), 'event-store': () => store.headPosition(), bus: () => bus.ping() };

  const readiness = new Readiness();
  for (const [engine, ping] of Object.entries(pings)) readiness.addPing(engine, ping);
  const closeDoor = await openWaitingDoor(kit.httpHost, kit.httpPort, readiness);
  try {
    await Promise.all(Object.entries(pings).map(([engine, ping]) => whenReachable(engine, ping, logger)));
  } finally {
    await closeDoor();
    await Promise.allSettled([store.close(), bus.close(), database.end()]);
  }
}
