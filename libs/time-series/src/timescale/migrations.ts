import { forgottenTable, ingestTables, READING_COLUMNS } from '../relational/ingest-tables.js';
import { forgetFunction } from './forget.sql.js';
import { jobTroublesFunction } from './job-troubles.sql.js';
import { dropReadings, foldLateReadings } from './late-drop.sql.js';
import type { MigrationNames } from './migration-names.js';
import { upkeep } from './upkeep.sql.js';

export interface Migration {
  readonly name: string;
  readonly sql: (names: MigrationNames) => string;
}

/** Forward only: what was released is not edited, what changes is a new one at the end. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-readings', sql: readings },
  { name: '0002-rollups', sql: ({ at, extension }) => ['minute', 'hour', 'day'].map((unit) => rollup(at, extension, unit)).join('\n') },
  { name: '0003-compressed-rollups', sql: ({ at }) => ['minute', 'hour'].map((unit) => `ALTER MATERIALIZED VIEW ${at}.reading_${unit} SET (timescaledb.compress = true);`).join('\n') },
  { name: '0004-upkeep', sql: upkeep },
  { name: '0005-forgotten', sql: (names) => forgottenTable(names.at) + forgetFunction(names) },
  { name: '0006-late-readings-are-dropped', sql: (names) => foldLateReadings(names) + dropReadings(names) },
  { name: '0007-job-troubles', sql: jobTroublesFunction },
];

/**
 * `sealed_before`: writers mark the days of readings older than this, for the rollups may be made from there on down.
 * `refreshed_before`: up to here they are made. `dropped_before`: raw readings from before were dropped.
 */
function readings({ at, extension }: MigrationNames): string {
  return `
    CREATE TABLE ${at}.reading (${READING_COLUMNS});
    SELECT ${extension}.create_hypertable('${at}.reading', ${extension}.by_range('ts', interval '7 days'), create_default_indexes => false);
    ALTER TABLE ${at}.reading SET (
      timescaledb.compress, timescaledb.compress_segmentby = 'device_id, metric', timescaledb.compress_orderby = 'ts');
    CREATE TABLE ${at}.reading_boundary (
      only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
      sealed_before timestamptz NOT NULL,
      refreshed_before timestamptz NOT NULL,
      dropped_before timestamptz NOT NULL
    );
    INSERT INTO ${at}.reading_boundary VALUES (true, '-infinity', '-infinity', '-infinity');
    CREATE SEQUENCE ${at}.reading_stale_mark;
    CREATE TABLE ${at}.reading_stale (
      device_id uuid NOT NULL,
      metric text NOT NULL,
      day timestamptz NOT NULL,
      mark bigint NOT NULL DEFAULT nextval('${at}.reading_stale_mark'),
      PRIMARY KEY (device_id, metric, day)
    );
    ${ingestTables(at)}`;
}

function rollup(at: string, extension: string, unit: string): string {
  const n = 'COALESCE(number, flag::int::double precision)';
  return `
    CREATE MATERIALIZED VIEW ${at}.reading_${unit} WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
    SELECT device_id, metric, ${extension}.time_bucket('1 ${unit}', ts) AS bucket,
           min(${n}) AS min, max(${n}) AS max, sum(${n}) AS sum, count(*) AS count,
           min(ts) AS first_ts, ${extension}.first(${n}, ts) AS first, max(ts) AS last_ts, ${extension}.last(${n}, ts) AS last
    FROM ${at}.reading WHERE text IS NULL
    GROUP BY 1, 2, 3 WITH NO DATA;`;
}
