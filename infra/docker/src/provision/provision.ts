import { applyTopics } from '@brain/message-bus';
import { provisionDatabase } from './provision-database.js';
import type { ProvisionConfig } from './provision-config.js';

/** What the services find in their engines at the first start. May be repeated at every roll-out. */
export async function provision({ kit, timeSeries, database, services }: ProvisionConfig, say: (line: string) => void): Promise<void> {
  await provisionDatabase({
    urlOf: (name) => databaseOf(kit.databaseUrl, name),
    database,
    services,
    engines: { eventStore: kit.eventStore.kind, bus: kit.bus.kind, timeSeries },
  });
  say(`PostgreSQL: database ${database}, ${Object.keys(services).length} roles with a schema each; time series on ${timeSeries}`);
  if (kit.bus.kind !== 'kafka') return;
  const steps = await applyTopics({ ...kit.bus, clientId: 'provision' });
  say(`Kafka: ${steps.length === 0 ? 'topics are as the catalogue says' : steps.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`);
}

function databaseOf(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
