import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import { runMigrations } from '../migrations/run-migrations.js';

export interface EventStoreInstallation {
  /** Default `event_store`. */
  readonly schema?: string;
  /** Who may append and read. Nobody may change what is stored. */
  readonly roles: readonly string[];
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Makes or updates the store's tables and grants. Harmless to repeat. Run by whoever shall own the record. */
export async function installEventStore(client: ClientBase, { schema = 'event_store', roles }: EventStoreInstallation): Promise<void> {
  await runMigrations(client, schema, MIGRATIONS);
  const inside = client.escapeIdentifier(schema);
  for (const role of roles.map((name) => client.escapeIdentifier(name))) {
    await client.query(`GRANT USAGE ON SCHEMA ${inside} TO ${role}`);
    await client.query(`GRANT SELECT, INSERT ON ${inside}.event TO ${role}`);
    await client.query(`GRANT SELECT ON ${inside}.store_identity TO ${role}`);
  }
}
