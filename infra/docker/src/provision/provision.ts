import { provisionDatabase } from './provision-database.js';
import type { ProvisionConfig } from './provision-config.js';

/** What the services find in their engines at the first start. May be repeated at every roll-out. */
export async function provision({ kit, database, services }: ProvisionConfig, say: (line: string) => void): Promise<void> {
  await provisionDatabase({ urlOf: (name) => databaseOf(kit.databaseUrl, name), database, services });
  say(`PostgreSQL: database ${database}, ${Object.values(services).length} roles with a schema each`);
}

function databaseOf(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
