import type { MigrationNames } from './migration-names.js';
import { withSetting } from './with-setting.sql.js';

const UNITS = ['minute', 'hour', 'day'] as const;

/** The late readings as buckets of a rollup. */
const late = (at: string, extension: string, unit: (typeof UNITS)[number]) => `
        SELECT device_id, metric, ${extension}.time_bucket('1 ${unit}', ts) AS bucket,
               min(n) AS min, max(n) AS max, sum(n) AS sum, count(*) AS count,
               min(ts) AS first_ts, ${extension}.first(n, ts) AS first, max(ts) AS last_ts, ${extension}.last(n, ts) AS last
        FROM (SELECT device_id, metric, ts, COALESCE(number, flag::int::double precision) AS n
              FROM ${at}.reading WHERE text IS NULL AND ts < $1) AS given
        GROUP BY 1, 2, 3`;

/** Where the rollup of a unit is kept, into the variable `rollup`. */
const findRollup = (at: string, unit: (typeof UNITS)[number]) => `
      SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) INTO STRICT rollup
      FROM timescaledb_information.continuous_aggregates
      WHERE format('%I.%I', view_schema, view_name)::regclass = '${at}.reading_${unit}'::regclass;`;

/** What lies beyond the newest bucket of a rollup is still answered from the readings. */
const lowerToRolledUp = (at: string, unit: (typeof UNITS)[number]) => `${findRollup(at, unit)}
      EXECUTE format('SELECT COALESCE(max(bucket) + interval ''1 ${unit}'', ''-infinity'') FROM %s', rollup) INTO rolled_up;
      dropped := LEAST(dropped, rolled_up);`;

/** Two statements, because a continuous aggregate has no unique key that ON CONFLICT could name. */
const foldInto = (at: string, extension: string, unit: (typeof UNITS)[number]) => `${findRollup(at, unit)}
      EXECUTE format('UPDATE %s AS kept SET
          min = LEAST(kept.min, late.min), max = GREATEST(kept.max, late.max),
          sum = kept.sum + late.sum, count = kept.count + late.count,
          first = CASE WHEN late.first_ts < kept.first_ts THEN late.first ELSE kept.first END,
          first_ts = LEAST(kept.first_ts, late.first_ts),
          last = CASE WHEN late.last_ts > kept.last_ts THEN late.last ELSE kept.last END,
          last_ts = GREATEST(kept.last_ts, late.last_ts)
        FROM (${late(at, extension, unit).replaceAll("'", "''")}) AS late
        WHERE kept.device_id = late.device_id AND kept.metric = late.metric AND kept.bucket = late.bucket', rollup)
      USING dropped;
      EXECUTE format('INSERT INTO %s (device_id, metric, bucket, min, max, sum, count, first_ts, first, last_ts, last)
        SELECT late.* FROM (${late(at, extension, unit).replaceAll("'", "''")}) AS late
        WHERE NOT EXISTS (
          SELECT FROM %1$s AS kept
          WHERE kept.device_id = late.device_id AND kept.metric = late.metric AND kept.bucket = late.bucket)', rollup)
      USING dropped;`;

/**
 * Retention for readings that came after those of their time were dropped: their share goes into the rollups, in the
 * same transaction in which they are deleted, so every answer stays what it was. `drop_readings` calls it with the
 * lock between writers and upkeep held.
 */
export function foldLateReadings({ at, extension }: MigrationNames): string {
  return `
    CREATE PROCEDURE ${at}.fold_late_readings(INOUT dropped timestamptz) LANGUAGE plpgsql AS $$
    DECLARE
      rollup text;
      rolled_up timestamptz;
    BEGIN
      ${UNITS.map((unit) => lowerToRolledUp(at, unit)).join('')}
      IF NOT EXISTS (SELECT FROM ${at}.reading WHERE ts < dropped) THEN
        RETURN;
      END IF;
      ${withSetting('max_tuples_decompressed_per_dml_transaction', '0')}
      ${withSetting('enable_compressed_direct_batch_delete', 'off')}
      ${UNITS.map((unit) => foldInto(at, extension, unit)).join('')}
      DELETE FROM ${at}.reading WHERE ts < dropped;
    END $$;`;
}

/**
 * Replaces `drop_readings`: the chunks before a midnight that no chunk crosses, and what came late for the time that
 * was dropped before. A chunk that crosses that earlier line holds nothing below it once it is folded.
 */
export function dropReadings({ at, extension, lockKey }: MigrationNames): string {
  return `
    CREATE OR REPLACE PROCEDURE ${at}.drop_readings(before timestamptz) LANGUAGE plpgsql AS $$
    DECLARE
      cut timestamptz := date_trunc('day', before, 'UTC');
      was timestamptz;
      folded timestamptz;
      crossing timestamptz;
    BEGIN
      SELECT dropped_before INTO was FROM ${at}.reading_boundary;
      LOOP
        SELECT min(range_start) INTO crossing FROM timescaledb_information.chunks
        WHERE format('%I.%I', hypertable_schema, hypertable_name)::regclass = '${at}.reading'::regclass
          AND range_start < cut AND range_end > cut;
        EXIT WHEN crossing IS NULL OR cut <= was;
        cut := date_trunc('day', crossing, 'UTC');
      END LOOP;
      IF cut > was THEN
        CALL ${at}.refresh_rollups(cut);
      END IF;
      PERFORM pg_advisory_xact_lock(${lockKey});
      folded := was;
      CALL ${at}.fold_late_readings(folded);
      IF cut > was AND NOT EXISTS (SELECT FROM ${at}.reading_stale WHERE day < cut)
        AND NOT EXISTS (SELECT FROM ${at}.reading WHERE ts < was) THEN
        UPDATE ${at}.reading_boundary SET dropped_before = cut;
        PERFORM ${extension}.drop_chunks('${at}.reading', older_than => cut);
      ELSIF folded > '-infinity' THEN -- too early, or a reading came meanwhile: the rest next time
        PERFORM ${extension}.drop_chunks('${at}.reading', older_than => folded);
      END IF;
      COMMIT;
    END $$;`;
}
