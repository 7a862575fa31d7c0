import type { MigrationNames } from './migration-names.js';

/** A job that was due this long ago and is not running is not being run at all. */
const NOT_RUN_AFTER = '15 minutes';

/**
 * What the scheduler of the extension says about the jobs of this database: one row per job that failed at its last
 * run, or is not run although it is due. With the owner's rights, because `job_errors` shows a role its own jobs only.
 */
export function jobTroublesFunction({ at, schema }: MigrationNames): string {
  return `
    CREATE FUNCTION ${at}.job_troubles() RETURNS TABLE (job text, kind text, since timestamptz, error text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${at}, pg_catalog, pg_temp AS $$
      WITH upkeep AS (
        SELECT jobs.job_id, jobs.proc_name || COALESCE(' ' || COALESCE(rollup.view_name, jobs.hypertable_name), '') AS job,
               jobs.scheduled, stats.last_run_status, stats.job_status, stats.last_successful_finish, stats.last_run_started_at,
               CASE WHEN stats.job_id IS NULL THEN (SELECT max(applied_at) FROM ${at}.timescale_migration)
                    ELSE stats.next_start END AS due
        FROM timescaledb_information.jobs AS jobs
        LEFT JOIN timescaledb_information.job_stats AS stats ON stats.job_id = jobs.job_id
        LEFT JOIN timescaledb_information.continuous_aggregates AS rollup
          ON rollup.materialization_hypertable_schema = jobs.hypertable_schema
         AND rollup.materialization_hypertable_name = jobs.hypertable_name
        WHERE jobs.proc_schema = ${schema}
           OR jobs.hypertable_schema = ${schema}
           OR rollup.view_schema = ${schema}
      )
      SELECT upkeep.job, 'failed', COALESCE(last_successful_finish, last_run_started_at),
             (SELECT errors.sqlerrcode || ' ' || errors.err_message FROM timescaledb_information.job_errors AS errors
              WHERE errors.job_id = upkeep.job_id ORDER BY errors.finish_time DESC LIMIT 1)
      FROM upkeep WHERE last_run_status = 'Failed'
      UNION ALL
      SELECT upkeep.job, 'not-run', due, NULL
      FROM upkeep
      WHERE scheduled AND last_run_status IS DISTINCT FROM 'Failed' AND job_status IS DISTINCT FROM 'Running'
        AND due > '-infinity' AND due < now() - interval '${NOT_RUN_AFTER}'
      ORDER BY 1
    $$;
    REVOKE EXECUTE ON FUNCTION ${at}.job_troubles() FROM PUBLIC;`;
}

export const JOB_TROUBLES = 'SELECT job, kind, (extract(epoch FROM since) * 1000)::float8 AS since, error FROM job_troubles()';
