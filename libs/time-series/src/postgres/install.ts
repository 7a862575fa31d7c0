import type { ClientBase } from 'pg';

const ROLLUPS = ['minute', 'hour', 'day'];

/**
 * Creates the tables where they are missing, owned by the connected role, which must be the one that writes: it also
 * adds partitions. `roles` may read.
 */
export async function installTimeSeries(
  client: ClientBase,
  { schema, roles = [] }: { readonly schema: string; readonly roles?: readonly string[] },
): Promise<void> {
  const at = client.escapeIdentifier(schema);
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS ${at};
    CREATE TABLE IF NOT EXISTS ${at}.reading (
      device_id uuid NOT NULL,
      metric text NOT NULL,
      ts timestamptz NOT NULL,
      number double precision,
      flag boolean,
      text text,
      source_key bigint NOT NULL,
      PRIMARY KEY (device_id, metric, ts)
    ) PARTITION BY RANGE (ts);
    ${ROLLUPS.map((rollup) => rollupTable(`${at}.reading_${rollup}`)).join('\n')}
    CREATE TABLE IF NOT EXISTS ${at}.reading_latest (
      device_id uuid NOT NULL,
      metric text NOT NULL,
      ts timestamptz NOT NULL,
      number double precision,
      flag boolean,
      text text,
      PRIMARY KEY (device_id, metric)
    ) WITH (fillfactor = 70);
    CREATE TABLE IF NOT EXISTS ${at}.ingest_count (
      minute timestamptz NOT NULL,
      device_id uuid,
      received integer NOT NULL,
      stored integer NOT NULL,
      duplicates integer NOT NULL,
      refused integer NOT NULL,
      UNIQUE NULLS NOT DISTINCT (minute, device_id),
      CHECK (received = stored + duplicates + refused)
    ) WITH (fillfactor = 70);
    CREATE INDEX IF NOT EXISTS ingest_count_device ON ${at}.ingest_count (device_id, minute);
    CREATE TABLE IF NOT EXISTS ${at}.ingest_offset (
      topic text NOT NULL,
      partition integer NOT NULL,
      next_offset bigint NOT NULL,
      PRIMARY KEY (topic, partition)
    );
    CREATE TABLE IF NOT EXISTS ${at}.ingest_gap (
      topic text NOT NULL,
      partition integer NOT NULL,
      first_offset bigint NOT NULL,
      last_offset bigint NOT NULL,
      PRIMARY KEY (topic, partition, first_offset)
    );
  `);
  for (const role of roles) {
    const reader = client.escapeIdentifier(role);
    await client.query(`GRANT USAGE ON SCHEMA ${at} TO ${reader}; GRANT SELECT ON ALL TABLES IN SCHEMA ${at} TO ${reader}`);
  }
}

/** Rows of the newest bucket change all the time: free room in the page keeps those updates out of the index. */
function rollupTable(name: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (
    device_id uuid NOT NULL,
    metric text NOT NULL,
    bucket timestamptz NOT NULL,
    min double precision NOT NULL,
    max double precision NOT NULL,
    sum double precision NOT NULL,
    count bigint NOT NULL,
    first_ts timestamptz NOT NULL,
    first double precision NOT NULL,
    last_ts timestamptz NOT NULL,
    last double precision NOT NULL,
    PRIMARY KEY (device_id, metric, bucket)
  ) WITH (fillfactor = 80);`;
}
