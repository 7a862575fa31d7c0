import pg from 'pg';
import { TransitMasterKeys, type TransitPlace } from '@brain/event-store';
import type { Logger } from 'pino';
import type { KitConfig } from '../configuration.js';
import { Readiness } from '../readiness.js';
import { openBus, openEventStore } from './open-engines.js';
import { openWaitingDoor } from './waiting-door.js';
import { whenReachable } from './when-reachable.js';

/** An engine as the start sees it. */
export interface OpenEngine {
  /** Rejects with a `DomainError` whose code ends in `_REFUSED` when waiting cannot help. */
  ping(): Promise<unknown>;
  close(): Promise<unknown>;
}

/**
 * Resolves when every engine of the configuration answers; meanwhile `/readyz` names what is missing.
 * @param own engines that this service alone uses, under the names of `/readyz`
 * @throws DomainError when an engine answers and must not be used, with the remedy
 */
export async function awaitEngines(
  service: string,
  kit: KitConfig,
  logger: Logger,
  own: Readonly<Record<string, () => OpenEngine>> = {},
): Promise<void> {
  const engines: Record<string, OpenEngine> = {};
  const readiness = new Readiness();
  let closeDoor = () => Promise.resolve();
  try {
    engines.database = openDatabaseProbe(kit.databaseUrl);
    engines['event-store'] = await openStoreProbe(kit, service, logger);
    engines.bus = await openBus(kit, service);
    if (kit.masterKeys !== null && 'kms' in kit.masterKeys) engines.kms = openKmsProbe(kit.masterKeys.kms);
    for (const [name, open] of Object.entries(own)) engines[name] = open();
    for (const [name, engine] of Object.entries(engines)) readiness.addPing(name, () => engine.ping());
    closeDoor = await openWaitingDoor(kit.httpHost, kit.httpPort, readiness);
    await Promise.all(Object.entries(engines).map(([name, engine]) => whenReachable(name, () => engine.ping(), logger)));
  } finally {
    await closeDoor();
    await Promise.allSettled(Object.values(engines).map((engine) => engine.close()));
  }
}

function openDatabaseProbe(connectionString: string): OpenEngine {
  const pool = new pg.Pool({ connectionString, max: 1 });
  pool.on('error', () => undefined); // asked again anyway
  return { ping: () => pool.query('SELECT 1'), close: () => pool.end() };
}

function openKmsProbe(place: TransitPlace): OpenEngine {
  return { ping: async () => (await TransitMasterKeys.open(place)).close(), close: () => Promise.resolve() };
}

async function openStoreProbe(kit: KitConfig, service: string, logger: Logger): Promise<OpenEngine> {
  const store = await openEventStore(kit, service, logger);
  return { ping: () => store.ping(), close: () => store.close() };
}
