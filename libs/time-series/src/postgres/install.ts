import type { ClientBase } from 'pg';
import { forgottenTable, ingestGrants, ingestTables, READING_COLUMNS, TIME_SERIES_SCHEMA } from '../relational/ingest-tables.js';
import { forgetFunction } from './forget.sql.js';

const ROLLUPS = ['minute', 'hour', 'day'];

export interface TimeSeriesInstallation {
  /** Default `time_series`. */
  readonly schema?: string;
  /** Who may write and read. Nobody may change a reading, nor delete one but by forgetting a time of a device. */
  readonly roles: readonly string[];
}

/** Makes the tables where they are missing. Harmless to repeat. Run by whoever shall own the readings. */
export async function installTimeSeries(client: ClientBase, { schema = TIME_SERIES_SCHEMA, roles }: TimeSeriesInstallation): Promise<void> {
  const at = client.escapeIdentifier(schema);
  await client.query(`
    BEGIN;
    SELECT pg_advisory_xact_lock(hashtextextended('install time series', 0));
    CREATE SCHEMA IF NOT EXISTS ${at};
    CREATE TABLE IF NOT EXISTS ${at}.reading (${READING_COLUMNS}
    ) PARTITION BY RANGE (ts);
    ${ROLLUPS.map((rollup) => rollupTable(`${at}.reading_${rollup}`)).join('\n')}
    ${ingestTables(at)}
    ${forgottenTable(at)}
    ${forgetFunction(at)}
    ${partitionFunction(at)}
    COMMIT;
  `);
  for (const role of roles.map((name) => client.escapeIdentifier(name))) {
    await client.query(`
      ${ingestGrants(at, role)}
      GRANT SELECT, INSERT, UPDATE ON ${ROLLUPS.map((rollup) => `${at}.reading_${rollup}`).join(', ')} TO ${role};
      GRANT EXECUTE ON FUNCTION ${at}.ensure_reading_partition(date) TO ${role};
    `);
  }
}

/**
 * Adds the partition of a day, with the owner's rights. Attached, not created in place: that would lock out everybody
 * who reads or writes any day. The lock makes several writers that want the same day at once wait for each other.
 */
function partitionFunction(at: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${at}.ensure_reading_partition(day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${at}, pg_temp AS $$
    DECLARE
      name text := 'reading_' || to_char(day, 'YYYY_MM_DD');
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended(current_schema() || name, 0));
      IF to_regclass(quote_ident(name)) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE reading INCLUDING ALL)', name);
        EXECUTE format('ALTER TABLE reading ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
          name, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
      END IF;
    END $$;
    REVOKE EXECUTE ON FUNCTION ${at}.ensure_reading_partition(date) FROM PUBLIC;`;
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
