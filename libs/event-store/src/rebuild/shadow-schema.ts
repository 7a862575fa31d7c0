import type { ClientBase, Pool } from 'pg';
import { migrate } from '../migrations/migrate.js';
import { withClient } from '../projections/with-client.js';

/** An empty schema beside the live one, with the same tables. What an interrupted rebuild left there goes. */
export function createShadow(pool: Pool, shadow: string, migrationsDir: string): Promise<void> {
  return withClient(pool, async (client) => {
    await client.query(`DROP SCHEMA IF EXISTS ${client.escapeIdentifier(shadow)} CASCADE`);
    await migrate(client, shadow, migrationsDir);
  });
}

export async function dropShadow(pool: Pool, shadow: string): Promise<void> {
  await withClient(pool, (client) => client.query(`DROP SCHEMA IF EXISTS ${client.escapeIdentifier(shadow)} CASCADE`));
}

/** Puts the shadow's tables in the place of the live ones, in the caller's transaction, while projections are stopped. */
export async function swapTables(client: ClientBase, live: string, shadow: string, tables: readonly string[], past: readonly string[] = []): Promise<void> {
  if (tables.length === 0) return;
  const [into, from] = [client.escapeIdentifier(live), client.escapeIdentifier(shadow)];
  const names = tables.map((table) => client.escapeIdentifier(table));
  await client.query("SET LOCAL lock_timeout = '10s'"); // a reader that does not end must not stop the projections with it
  await client.query(`DROP TABLE ${names.map((name) => `${into}.${name}`).join(', ')}`);
  for (const name of names) await client.query(`ALTER TABLE ${from}.${name} SET SCHEMA ${into}`);
  for (const table of past) {
    await client.query('SELECT watch_past($1)', [table]);
    await client.query('UPDATE past_kept SET since = $2 WHERE table_name = $1', [table, '-infinity']); // made of every event there is
  }
}
