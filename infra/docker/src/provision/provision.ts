import { openMasterKeys } from '@brain/service-kit';
import { provisionDatabase } from './provision-database.js';
import type { ProvisionConfig } from './provision-config.js';
import { provisionTopics } from './provision-topics.js';

/** What the services find in their engines at the first start. May be repeated at every roll-out. */
export async function provision({ kit, timeSeries, database, services }: ProvisionConfig, say: (line: string) => void): Promise<void> {
  await provisionDatabase({
    urlOf: (name) => databaseOf(kit.databaseUrl, name),
    database,
    services,
    masterKeys: await openMasterKeys(kit.masterKeys),
    engines: { eventStore: kit.eventStore.kind, bus: kit.bus.kind, timeSeries },
  });
  say(`PostgreSQL: database ${database}, ${Object.keys(services).length} roles with a schema each; time series on ${timeSeries}`);
  const topics = await provisionTopics(kit.bus);
  if (topics !== undefined) say(topics);
}

function databaseOf(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
