import { DomainError } from '@brain/contracts';
import type { ClientBase } from 'pg';
import { chunkIntervalMs } from './chunk-interval.js';

export interface TimescalePolicies {
  /** Expected readings (points) a day, for the width of the chunks. Default 1,000,000. */
  readonly readingsPerDay?: number;
  /** Memory of the database server, for the width of the chunks. Default 8 GiB. */
  readonly memoryBytes?: number;
  /** Chunks older than this are compressed. Default 7. */
  readonly compressAfterDays?: number;
  /** How long single readings are kept; the rollups stay. Default: for ever. Longer than the oldest reading that is let in. */
  readonly keepReadingsDays?: number;
  /** How long rollups per minute are kept, at least as long as the readings. Default: for ever. */
  readonly keepMinutesDays?: number;
  /** How long rollups per hour are kept, at least as long as the readings. Those per day stay for ever. Default: for ever. */
  readonly keepHoursDays?: number;
}

interface Job {
  readonly procedure: string;
  readonly every: string;
  readonly config: Readonly<Record<string, string>>;
}

/**
 * Brings jobs and chunk width to what is asked for. Harmless to repeat; what is as asked is left alone. Rollups are
 * refreshed and compressed by jobs of ours, since the extension's compression of a rollup asks for its own refresh.
 */
export async function applyPolicies(client: ClientBase, at: string, extension: string, policies: TimescalePolicies): Promise<void> {
  requireOrder(policies);
  const { readingsPerDay = 1_000_000, memoryBytes, compressAfterDays = 7 } = policies;
  await client.query(`SELECT ${extension}.set_chunk_time_interval('${at}.reading', interval '1 millisecond' * $1::float8)`, [
    chunkIntervalMs(readingsPerDay, memoryBytes),
  ]);
  await keepPolicy(client, extension, `${at}.reading`, 'compression', days(compressAfterDays));
  await keepPolicy(client, extension, `${at}.reading_minute`, 'retention', perhapsDays(policies.keepMinutesDays));
  await keepPolicy(client, extension, `${at}.reading_hour`, 'retention', perhapsDays(policies.keepHoursDays));
  await keepJob(client, at, extension, { procedure: 'refresh_rollups_job', every: '1 minute', config: { lag: '2 minutes' } });
  await keepJob(client, at, extension, { procedure: 'compress_rollups_job', every: '12 hours', config: { after: days(compressAfterDays) } });
  const keep = perhapsDays(policies.keepReadingsDays);
  if (keep === undefined) await dropJob(client, at, extension, 'drop_readings_job');
  else await keepJob(client, at, extension, { procedure: 'drop_readings_job', every: '1 day', config: { keep } });
}

const days = (count: number) => `${String(count)} days`;
const perhapsDays = (count: number | undefined) => (count === undefined ? undefined : days(count));

/** A late reading refreshes its whole day: were the day's minutes dropped but not its readings, some would come back. */
function requireOrder({ keepReadingsDays = Infinity, keepMinutesDays = Infinity, keepHoursDays = Infinity }: TimescalePolicies): void {
  if (keepMinutesDays < keepReadingsDays || keepHoursDays < keepReadingsDays) {
    throw new DomainError('TIME_SERIES_REFUSED', 'Rollups per minute and hour are kept at least as long as the readings: raise keepMinutesDays and keepHoursDays, or lower keepReadingsDays');
  }
}

type Policy = 'compression' | 'retention';
const AFTER = { compression: 'compress_after', retention: 'drop_after' } as const satisfies Record<Policy, string>;

async function keepPolicy(client: ClientBase, extension: string, relation: string, policy: Policy, after: string | undefined): Promise<void> {
  if (after === undefined) {
    await client.query(`SELECT ${extension}.remove_${policy}_policy($1::regclass, if_exists => true)`, [relation]);
    return;
  }
  const { rows } = await client.query<{ job: number }>(`SELECT ${extension}.add_${policy}_policy($1::regclass, $2::interval, if_not_exists => true) AS job`, [relation, after]);
  if (rows[0]?.job !== -1) return; // just made
  await client.query(
    `SELECT ${extension}.alter_job(job_id, config => config || jsonb_build_object($3::text, $2::text))
     FROM timescaledb_information.jobs
     WHERE proc_name = $4 AND config ->> $3 <> $2 AND (config ->> 'hypertable_id')::int = (${HYPERTABLE_ID})`,
    [relation, after, AFTER[policy], `policy_${policy}`],
  );
}

/** $1 a hypertable, or a rollup: then the one that holds it. */
const HYPERTABLE_ID = `
  SELECT held.id FROM _timescaledb_catalog.hypertable AS held
  LEFT JOIN _timescaledb_catalog.continuous_agg AS rollup ON rollup.mat_hypertable_id = held.id
  WHERE to_regclass(quote_ident(held.schema_name) || '.' || quote_ident(held.table_name)) = $1::regclass
     OR to_regclass(quote_ident(rollup.user_view_schema) || '.' || quote_ident(rollup.user_view_name)) = $1::regclass`;

const FIND_JOB = `SELECT job_id FROM timescaledb_information.jobs WHERE to_regproc(format('%I.%I', proc_schema, proc_name)) = to_regproc($1)`;

async function keepJob(client: ClientBase, at: string, extension: string, { procedure, every, config }: Job): Promise<void> {
  const wanted = [`${at}.${procedure}`, every, JSON.stringify(config)];
  const { rowCount } = await client.query(`SELECT ${extension}.alter_job(job_id, schedule_interval => $2::interval, config => $3::jsonb) FROM (${FIND_JOB}) AS found`, wanted);
  if (rowCount === 0) await client.query(`SELECT ${extension}.add_job($1::regproc, $2::interval, config => $3::jsonb)`, wanted);
}

async function dropJob(client: ClientBase, at: string, extension: string, procedure: string): Promise<void> {
  await client.query(`SELECT ${extension}.delete_job(job_id) FROM (${FIND_JOB}) AS found`, [`${at}.${procedure}`]);
}
