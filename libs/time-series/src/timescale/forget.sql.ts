import { newestAnew } from '../relational/forgotten.sql.js';
import type { MigrationNames } from './migration-names.js';
import { withSetting } from './with-setting.sql.js';

const UNITS = ['minute', 'hour', 'day'] as const;

/**
 * Rollups that lie wholly in that time go at once. Of one that has readings from before or after as well, the day is
 * marked: it is answered from the readings, and made anew by the next refresh; unless its readings were dropped, then it
 * goes too.
 */
const rollup = (at: string, unit: (typeof UNITS)[number]) => `
      SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) INTO STRICT rollup
      FROM timescaledb_information.continuous_aggregates
      WHERE format('%I.%I', view_schema, view_name)::regclass = '${at}.reading_${unit}'::regclass;
      EXECUTE format('DELETE FROM %s WHERE device_id = $1 AND bucket >= $2 AND bucket < $3
        AND ((bucket >= $4 AND bucket <= $5) OR bucket < $6)', rollup)
      USING device, date_trunc('${unit}', since, 'UTC'), before, since, before - interval '1 ${unit}', dropped;`;

/** Deletes a device's readings of a time, with the owner's rights: no writer may delete readings otherwise. */
export function forgetFunction({ at, lockKey }: MigrationNames): string {
  return `
    CREATE FUNCTION ${at}.forget_readings(device uuid, since timestamptz, before timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${at}, pg_temp AS $$
    DECLARE
      rollup text;
      dropped timestamptz;
    BEGIN
      ${withSetting('max_tuples_decompressed_per_dml_transaction', '0')}
      ${withSetting('enable_compressed_direct_batch_delete', 'off')} -- it does not tell the rollups, before 2.24
      PERFORM pg_advisory_xact_lock(${lockKey});
      INSERT INTO ${at}.reading_forgotten (device_id, from_ts, to_ts) VALUES (device, since, before) ON CONFLICT DO NOTHING;
      SELECT dropped_before INTO dropped FROM ${at}.reading_boundary;
      WITH gone AS (
        DELETE FROM ${at}.reading WHERE device_id = device AND ts >= since AND ts < before RETURNING metric, ts
      )
      INSERT INTO ${at}.reading_stale (device_id, metric, day)
      SELECT DISTINCT device, metric, date_trunc('day', ts, 'UTC') FROM gone, ${at}.reading_boundary
      WHERE ts < sealed_before AND ts >= dropped_before
      ON CONFLICT (device_id, metric, day) DO UPDATE SET mark = EXCLUDED.mark;
      ${UNITS.map((unit) => rollup(at, unit)).join('')}
      ${newestAnew(at)}
    END $$;
    REVOKE EXECUTE ON FUNCTION ${at}.forget_readings(uuid, timestamptz, timestamptz) FROM PUBLIC;`;
}
