import pg from 'pg';
import { TimescaleTimeSeries, type UpkeepTrouble } from '@brain/time-series';
import { judgeOf, type Finding } from './finding.js';

const judge = judgeOf('timescaledb');

export interface TimescaleFacts {
  /** Why the extension or its tables must not be used, in the adapter's own words; null when they are fine. */
  readonly refusal: string | null;
  readonly troubles: readonly UpkeepTrouble[];
  readonly backgroundWorkers: number;
  readonly workerProcesses: number;
}

const WORKERS = `
  SELECT COALESCE(current_setting('timescaledb.max_background_workers', true), '0')::int AS "backgroundWorkers",
         current_setting('max_worker_processes')::int AS "workerProcesses"`;

/** @param url of the database of the product, as its administrator */
export async function timescaleFacts(url: string): Promise<TimescaleFacts> {
  const series = new TimescaleTimeSeries({ connectionString: url, poolSize: 1, applicationName: 'doctor' });
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ backgroundWorkers: number; workerProcesses: number }>(WORKERS);
    const workers = rows[0] ?? { backgroundWorkers: 0, workerProcesses: 0 };
    const refusal = await series.ping().then(() => null, (error: unknown) => (error instanceof Error ? error.message : String(error)));
    return { ...workers, refusal, troubles: refusal === null ? await series.upkeepTroubles() : [] };
  } finally {
    await Promise.all([series.close(), client.end()]);
  }
}

/** Pure. */
export function timescaleFindings({ refusal, troubles, backgroundWorkers, workerProcesses }: TimescaleFacts): readonly Finding[] {
  return [
    refusal === null ? judge('version', 'fine', 'the extension and its tables are in place') : judge('version', 'wrong', refusal),
    ...troubles.map(troubleFinding),
    ...(troubles.length > 0 || refusal !== null ? [] : [judge('jobs', 'fine', 'no job fails')]),
    // One for the scheduler of each database and at least one for its jobs, beside the launcher.
    workerProcesses > backgroundWorkers && backgroundWorkers >= 2
      ? judge('workers', 'fine', `${String(backgroundWorkers)} background workers of ${String(workerProcesses)} worker processes`)
      : judge('workers', 'warning', `timescaledb.max_background_workers is ${String(backgroundWorkers)}, max_worker_processes ${String(workerProcesses)}: ` +
          'the jobs need at least 2 background workers, and more worker processes than those'),
  ];
}

function troubleFinding({ job, kind, error }: UpkeepTrouble): Finding {
  if (kind === 'failed') return judge('jobs', 'wrong', `the job ${job} fails: ${error ?? 'the server kept no error'}`);
  return judge('jobs', 'warning', `the job ${job} is due and is not run: SELECT _timescaledb_functions.start_background_workers()`);
}
