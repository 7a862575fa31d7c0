import type { ClientBase } from 'pg';
import type { Projection } from '../projection.port.js';
import { withClient } from '../projections/with-client.js';
import type { Rebuild } from './rebuild.js';

/**
 * Leaves an empty shadow with what filling it needs: keys and constraints. Indexes that only readers of the read
 * tables use are dropped, and given back as the statements that make them: at the end that costs a fraction. A shadow
 * that is only compared and thrown away need not survive a crash of the server either.
 */
export async function setReadersAside({ pool, shadow }: Rebuild, projections: readonly Projection[], { isThrownAway }: { readonly isThrownAway: boolean }): Promise<readonly string[]> {
  const tables = projections.flatMap((projection) => projection.tables);
  return withClient(pool, async (client) => {
    const { rows } = await client.query<{ name: string; definition: string }>(
      `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
       FROM pg_index JOIN pg_class ON pg_class.oid = indrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname = $1 AND relname = ANY ($2) AND NOT indisunique AND NOT indisexclusion`,
      [shadow, tables],
    );
    for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
    if (isThrownAway) await withoutJournal(client, shadow);
    return rows.map(({ definition }) => definition);
  });
}

export async function makeIndexes(client: ClientBase, definitions: readonly string[]): Promise<void> {
  if (definitions.length > 0) await client.query("SET maintenance_work_mem = '256MB'");
  for (const definition of definitions) await client.query(definition);
}

/** But those bound to others by a key: PostgreSQL wants one order for them, and none is filled by events. */
async function withoutJournal(client: ClientBase, schema: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT pg_class.oid::regclass::text AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relkind = 'r'
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND pg_class.oid IN (conrelid, confrelid))`,
    [schema],
  );
  for (const { name } of rows) await client.query(`ALTER TABLE ${name} SET UNLOGGED`);
}
