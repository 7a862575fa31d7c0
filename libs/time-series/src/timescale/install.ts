import type { ClientBase } from 'pg';
import { ingestGrants, TIME_SERIES_SCHEMA } from '../relational/ingest-tables.js';
import type { TimeSeriesInstallation } from '../postgres/install.js';
import { requireExtension } from './extension.js';
import type { MigrationNames } from './migration-names.js';
import { MIGRATIONS } from './migrations.js';
import { applyPolicies, type TimescalePolicies } from './policies.js';

export interface TimescaleInstallation extends TimeSeriesInstallation, TimescalePolicies {}

/**
 * Makes tables, rollups and jobs where they are missing, and sets the policies. Harmless to repeat. Run by whoever
 * shall own the readings: a role that may log in, for the jobs run as it. Refuses with TIME_SERIES_REFUSED when the
 * extension is missing or too old.
 */
export async function installTimescaleTimeSeries(client: ClientBase, { schema = TIME_SERIES_SCHEMA, roles, ...policies }: TimescaleInstallation): Promise<void> {
  const at = client.escapeIdentifier(schema);
  const extension = await requireExtension(client);
  const lockKey = `hashtextextended(${client.escapeLiteral(rollupLock(schema))}, 0)`;
  await inTransaction(client, async () => {
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('install time series', 0))");
    await migrate(client, { at, schema: client.escapeLiteral(schema), extension, lockKey });
    await applyPolicies(client, at, extension, policies);
    for (const role of roles) await client.query(grants(client, at, role));
  });
}

/** Held shared by every write, alone while the time before which the rollups are made moves on. */
export const rollupLock = (schema: string) => `${schema} rollups`;

async function migrate(client: ClientBase, names: MigrationNames): Promise<void> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS ${names.at};
    CREATE TABLE IF NOT EXISTS ${names.at}.timescale_migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${names.at}.timescale_migration`);
  const applied = new Set(rows.map(({ name }) => name));
  for (const { name, sql } of MIGRATIONS.filter((migration) => !applied.has(migration.name))) {
    await client.query(sql(names));
    await client.query(`INSERT INTO ${names.at}.timescale_migration (name) VALUES ($1)`, [name]);
  }
}

const grants = (client: ClientBase, at: string, role: string) => `
  ${ingestGrants(at, client.escapeIdentifier(role))}
  GRANT SELECT ON ${at}.timescale_migration, ${at}.reading_minute, ${at}.reading_hour, ${at}.reading_day, ${at}.reading_boundary TO ${client.escapeIdentifier(role)};
  GRANT EXECUTE ON FUNCTION ${at}.job_troubles() TO ${client.escapeIdentifier(role)};
  GRANT SELECT, INSERT, UPDATE ON ${at}.reading_stale TO ${client.escapeIdentifier(role)};
  GRANT USAGE ON SEQUENCE ${at}.reading_stale_mark TO ${client.escapeIdentifier(role)};
  DO $$ BEGIN
    IF NOT has_database_privilege(${client.escapeLiteral(role)}, current_database(), 'TEMPORARY') THEN
      EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), ${client.escapeLiteral(role)});
    END IF;
  END $$;`;

async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
