import type { PoolClient, QueryResultRow } from 'pg';
import type { Past } from './past.js';
import { pastQuery, type KeptTable, type PastQuery } from './past-query.js';

const KEPT = (schema: string) => `
  SELECT table_name AS name, nullif(since, '-infinity') AS since,
    (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = format('%I.%I', $1::text, table_name)::regclass AND attnum > 0 AND NOT attisdropped
       AND attname NOT IN ('recorded_from', 'occurred_from')) AS columns
  FROM "${schema}".past_kept`;

/** Runs a query as of that moment, in a transaction of its own that can write nothing and see no table of now. */
export async function readPast<Row extends QueryResultRow>(client: PoolClient, schema: string, past: Past, query: PastQuery): Promise<Row[]> {
  // That little of all there was held at one moment, the planner cannot know: it would read everything.
  await client.query('BEGIN READ ONLY; SET LOCAL search_path TO pg_catalog; SET LOCAL enable_seqscan TO off');
  try {
    const { rows: kept } = await client.query<KeptTable>({ name: 'past-kept', text: KEPT(schema), values: [schema] });
    const { text, params } = pastQuery(schema, kept, past, query);
    const { rows } = await client.query<Row>(text, [...params]);
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}
