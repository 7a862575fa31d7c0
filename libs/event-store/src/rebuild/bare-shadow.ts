import type { ClientBase } from 'pg';
import type { Projection } from '../projection.port.js';
import { allTablesOf, pastKeyOf } from '../past/past-tables.js';
import { withClient } from '../projections/with-client.js';
import { fillable } from './fill/fill-tables.js';
import type { Rebuild } from './rebuild.js';

/**
 * Leaves an empty shadow with what filling it needs: keys, constraints, and the way to the earlier states of a row. Indexes that only readers of the read
 * tables use are dropped, and given back as the statements that make them: at the end that costs a fraction. Where each row is written
 * once, so are other constraints, and the way to earlier states is made when it is needed. A shadow that is only
 * compared and thrown away need not survive a crash of the server either.
 */
export async function setReadersAside({ pool, shadow }: Rebuild, projections: readonly Projection[], { isThrownAway }: { readonly isThrownAway: boolean }): Promise<readonly string[]> {
  const tables = projections.flatMap(allTablesOf);
  const filled = fillable(projections);
  const needed = projections.filter((projection) => !filled.includes(projection)).flatMap(({ past = [] }) => past.map(pastKeyOf)); // what was heard of late changes earlier states
  return withClient(pool, async (client) => {
    const constraints = await dropConstraints(client, shadow, filled.flatMap(allTablesOf));
    const { rows } = await client.query<{ name: string; definition: string }>(
      `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
       FROM pg_index JOIN pg_class ON pg_class.oid = indrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname = $1 AND relname = ANY ($2) AND NOT indisunique AND NOT indisexclusion
         AND NOT indexrelid = ANY (SELECT format('%I.%I', $1::text, name)::regclass FROM unnest($3::text[]) AS name)`,
      [shadow, tables, needed],
    );
    for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
    if (isThrownAway) await withoutJournal(client, shadow, tables);
    return [...constraints, ...rows.map(({ definition }) => definition.replace('CREATE INDEX', 'CREATE INDEX IF NOT EXISTS'))];
  });
}

/** All that are unique but the keys of the tables. */
async function dropConstraints(client: ClientBase, schema: string, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ owner: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS owner, quote_ident(conname) AS name, pg_get_constraintdef(pg_constraint.oid) AS definition
     FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = ANY ($2) AND contype = 'u'`,
    [schema, tables],
  );
  for (const { owner, name } of rows) await client.query(`ALTER TABLE ${owner} DROP CONSTRAINT ${name}`);
  return rows.map(({ owner, name, definition }) => `ALTER TABLE ${owner} ADD CONSTRAINT ${name} ${definition}`);
}

export async function makeIndexes(client: ClientBase, definitions: readonly string[]): Promise<void> {
  if (definitions.length > 0) await client.query("SET maintenance_work_mem = '256MB'");
  for (const definition of definitions) await client.query(definition);
}

async function withoutJournal(client: ClientBase, schema: string, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT pg_class.oid::regclass::text AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = ANY ($2)`,
    [schema, [...tables, 'projection_stream', 'projection_position']],
  );
  for (const { name } of rows) await client.query(`ALTER TABLE ${name} SET UNLOGGED`);
}
