import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { inSchema } from '../migrations/in-schema.js';
import { allTablesOf } from '../past/past-tables.js';
import type { Projection } from '../projection.port.js';
import { withClient } from '../projections/with-client.js';

/**
 * Why a table differs from what the events say. `earlier-version`: it was begun before this was kept, or came to a
 * projection that was already under way; `made-otherwise`: its columns, the types of events that go into it or the
 * version of its projection are others than when it was begun; `unexplained`: it was made as it would be made now.
 */
export type DifferenceReason = 'earlier-version' | 'made-otherwise' | 'unexplained';

export interface MadeTable {
  readonly making: string;
  readonly madeAt: Date;
}

export function reasonOf(made: MadeTable | undefined, makingNow: string): DifferenceReason {
  if (made === undefined) return 'earlier-version';
  return made.making === makingNow ? 'unexplained' : 'made-otherwise';
}

/** Notes the tables of those projections that have not begun yet. Before any of them is run. */
export function noteNewTables(pool: Pool, schema: string, projections: readonly Projection[]): Promise<void> {
  return withClient(pool, (client) =>
    inSchema(client, schema, async () => {
      const fresh: Projection[] = [];
      for (const projection of projections) if (!(await hasBegun(client, projection.name))) fresh.push(projection);
      await noteMade(client, schema, fresh);
    }),
  );
}

/** The tables of these projections are as they would be made now. In the caller's transaction, in the schema. */
export async function noteMade(client: ClientBase, schema: string, projections: readonly Projection[]): Promise<void> {
  for (const [table, making] of await makingsOf(client, schema, projections)) {
    await client.query(
      `INSERT INTO read_table_made (table_name, making) VALUES ($1, $2)
       ON CONFLICT (table_name) DO UPDATE SET making = excluded.making, made_at = excluded.made_at`,
      [table, making],
    );
  }
}

/** How the tables of the schema were made; `schema` by name, because the caller may be in another. */
export async function madeTables(client: ClientBase, schema: string): Promise<ReadonlyMap<string, MadeTable>> {
  const { rows } = await client.query<{ table_name: string; making: string; made_at: Date }>(
    `SELECT table_name, making, made_at FROM ${client.escapeIdentifier(schema)}.read_table_made`,
  );
  return new Map(rows.map((row) => [row.table_name, { making: row.making, madeAt: row.made_at }]));
}

/** How each table would be made now: columns, types of events, and the version of the projection, as one short text. */
export async function makingsOf(client: ClientBase, schema: string, projections: readonly Projection[]): Promise<ReadonlyMap<string, string>> {
  const columns = await columnsOf(client, schema, projections.flatMap(allTablesOf));
  const makings = new Map<string, string>();
  for (const projection of projections) {
    const { types, version = 1 } = projection;
    for (const table of allTablesOf(projection)) {
      makings.set(table, fingerprint([version, [...types].sort(), columns.get(table) ?? []]));
    }
  }
  return makings;
}

async function hasBegun(client: ClientBase, projection: string): Promise<boolean> {
  const { rows } = await client.query<{ begun: boolean }>(
    'SELECT EXISTS (SELECT FROM projection_position WHERE name = $1) OR EXISTS (SELECT FROM projection_stream WHERE projection = $1) AS begun',
    [projection],
  );
  return rows[0]?.begun === true;
}

async function columnsOf(client: ClientBase, schema: string, tables: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ relname: string; columns: string[] }>(
    `SELECT relname, array_agg(attname || ' ' || format_type(atttypid, atttypmod) ORDER BY attname COLLATE "C") AS columns
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = ANY ($2) AND attnum > 0 AND NOT attisdropped GROUP BY relname`,
    [schema, tables],
  );
  return new Map(rows.map(({ relname, columns }) => [relname, columns]));
}

function fingerprint(making: unknown): string {
  return createHash('sha256').update(JSON.stringify(making)).digest('hex').slice(0, 16);
}
