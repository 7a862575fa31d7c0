import { DomainError } from '@brain/contracts';
import type { Pool } from 'pg';
import { TIME_SERIES_SCHEMA } from '../relational/ingest-tables.js';
import type { ReadingEngine } from '../relational/reading-engine.js';
import { RelationalTimeSeries, type RelationalTimeSeriesOptions } from '../relational/relational-time-series.js';
import { bucketsQuery } from './buckets.sql.js';
import { requireExtension } from './extension.js';
import { rollupLock } from './install.js';
import { JOB_TROUBLES } from './job-troubles.sql.js';
import { MIGRATIONS } from './migrations.js';
import { storePoints } from './store-points.js';
import type { UpkeepTrouble } from '../time-series.port.js';

export type TimescaleTimeSeriesOptions = RelationalTimeSeriesOptions;

/** Readings in a hypertable of TimescaleDB, with continuous aggregates per minute, hour and day. */
export class TimescaleTimeSeries extends RelationalTimeSeries {
  constructor(options: TimescaleTimeSeriesOptions) {
    super(hypertable(options.schema ?? TIME_SERIES_SCHEMA), options);
  }
}

function hypertable(schema: string): ReadingEngine {
  const lockName = rollupLock(schema);
  return {
    ping: (pool) => requireInstallation(pool, schema),
    makeRoom: () => Promise.resolve(), // chunks make themselves
    storePoints: (client, plan) => storePoints(client, plan, lockName),
    buckets: bucketsQuery,
    upkeepTroubles: async (pool) => (await pool.query<UpkeepTrouble>(JOB_TROUBLES)).rows,
  };
}

async function requireInstallation(pool: Pool, schema: string): Promise<void> {
  await requireExtension(pool);
  const newest = MIGRATIONS.at(-1)?.name;
  const { rows } = await pool.query<{ installed: boolean }>(
    `SELECT to_regclass('timescale_migration') IS NOT NULL AND to_regclass('reading_boundary') IS NOT NULL AS installed`,
  );
  if (rows[0]?.installed === true && (await isMigrated(pool, newest))) return;
  throw new DomainError(
    'TIME_SERIES_REFUSED',
    `Schema ${schema} is not prepared for readings in TimescaleDB: let the owner of the database run the installation of this version first`,
  );
}

async function isMigrated(pool: Pool, newest: string | undefined): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM timescale_migration WHERE name = $1', [newest]);
  return rowCount === 1;
}
