import type { MigrationNames } from './migration-names.js';

/**
 * What the jobs run. `refresh_rollups` seals everything before a time, makes the rollups of what was not made yet,
 * then those of the days that late readings marked. Sealing waits for the writes under way, so a reading is either
 * seen by the refresh or marks its day. A mark set during the refresh is a newer one and stays.
 * `drop_readings` drops the chunks before a midnight, once their rollups are right; from then on no rollup of that
 * time is refreshed, for it would be made from nothing.
 */
export function upkeep({ at, extension, lockKey }: MigrationNames): string {
  return `
    ${refreshRange(at, extension)}
    CREATE PROCEDURE ${at}.refresh_rollups(before timestamptz) LANGUAGE plpgsql AS $$
    DECLARE
      since timestamptz;
      sealed timestamptz;
      newest_mark bigint;
      starts timestamptz[];
      ends timestamptz[];
    BEGIN
      PERFORM pg_advisory_xact_lock(${lockKey});
      UPDATE ${at}.reading_boundary SET sealed_before = GREATEST(sealed_before, date_trunc('minute', before, 'UTC'))
      RETURNING refreshed_before, sealed_before INTO since, sealed;
      SELECT max(mark) INTO newest_mark FROM ${at}.reading_stale;
      SELECT array_agg(start ORDER BY start), array_agg(stop ORDER BY start) INTO starts, ends FROM (
        SELECT min(day) AS start, max(day) + interval '24 hours' AS stop
        FROM (SELECT day, day - dense_rank() OVER (ORDER BY day) * interval '24 hours' AS stretch FROM ${at}.reading_stale) AS marked
        GROUP BY stretch
      ) AS stretches;
      COMMIT;
      CALL ${at}.refresh_range(since, sealed);
      UPDATE ${at}.reading_boundary SET refreshed_before = GREATEST(refreshed_before, sealed);
      COMMIT;
      FOR i IN 1 .. COALESCE(array_length(starts, 1), 0) LOOP
        CALL ${at}.refresh_range(starts[i], LEAST(ends[i], sealed));
      END LOOP;
      DELETE FROM ${at}.reading_stale WHERE mark <= newest_mark;
      COMMIT;
    END $$;

    CREATE PROCEDURE ${at}.drop_readings(before timestamptz) LANGUAGE plpgsql AS $$
    DECLARE
      cut timestamptz := date_trunc('day', before, 'UTC');
      was timestamptz;
      crossing timestamptz;
    BEGIN
      SELECT dropped_before INTO was FROM ${at}.reading_boundary;
      LOOP
        SELECT min(range_start) INTO crossing FROM timescaledb_information.chunks
        WHERE format('%I.%I', hypertable_schema, hypertable_name)::regclass = '${at}.reading'::regclass
          AND ((range_start < cut AND range_end > cut) OR (range_start < was AND range_end > was));
        EXIT WHEN crossing IS NULL OR cut <= was;
        cut := date_trunc('day', crossing, 'UTC');
      END LOOP;
      IF cut <= was THEN
        RETURN;
      END IF;
      CALL ${at}.refresh_rollups(cut);
      PERFORM pg_advisory_xact_lock(${lockKey});
      IF EXISTS (SELECT FROM ${at}.reading_stale WHERE day < cut) THEN
        RETURN; -- a reading came meanwhile: next time
      END IF;
      UPDATE ${at}.reading_boundary SET dropped_before = cut;
      PERFORM ${extension}.drop_chunks('${at}.reading', older_than => cut, newer_than => NULLIF(was, '-infinity'));
      COMMIT;
    END $$;

    CREATE PROCEDURE ${at}.refresh_rollups_job(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
    BEGIN
      CALL ${at}.refresh_rollups(now() - (config ->> 'lag')::interval);
    END $$;

    CREATE PROCEDURE ${at}.compress_rollups_job(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
    DECLARE
      chunk regclass;
    BEGIN
      FOR chunk IN
        SELECT ${extension}.show_chunks(rollup, older_than => now() - (config ->> 'after')::interval)
        FROM unnest(ARRAY['${at}.reading_minute', '${at}.reading_hour']::regclass[]) AS rollup
      LOOP
        PERFORM ${extension}.compress_chunk(chunk);
        COMMIT;
      END LOOP;
    END $$;

    CREATE PROCEDURE ${at}.drop_readings_job(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
    BEGIN
      CALL ${at}.drop_readings(now() - (config ->> 'keep')::interval);
    END $$;`;
}

/** Whole buckets only: the open one is answered from the readings. */
function refreshRange(at: string, extension: string): string {
  const refresh = (unit: string) => `
      IF date_trunc('${unit}', since, 'UTC') < date_trunc('${unit}', before, 'UTC') THEN
        CALL ${extension}.refresh_continuous_aggregate('${at}.reading_${unit}',
          NULLIF(date_trunc('${unit}', since, 'UTC'), '-infinity'), date_trunc('${unit}', before, 'UTC'));
      END IF;`;
  return `
    CREATE PROCEDURE ${at}.refresh_range(since timestamptz, before timestamptz) LANGUAGE plpgsql AS $$
    BEGIN${['minute', 'hour', 'day'].map(refresh).join('')}
    END $$;`;
}
