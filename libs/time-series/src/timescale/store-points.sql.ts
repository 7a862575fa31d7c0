/** $1 the lock's name → is the staging table of this session there? Waits while the rollups are being sealed. */
export const JOIN_WRITERS = `
  SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0)), to_regclass('pg_temp.reading_staging') IS NOT NULL AS staged`;

export const MAKE_STAGING = `
  CREATE TEMPORARY TABLE reading_staging (
    index integer, device_id uuid, metric text, ms bigint, number double precision, flag boolean, text text, message_key text
  ) ON COMMIT DELETE ROWS`;

export const COPY_STAGING = `COPY pg_temp.reading_staging FROM STDIN`;

/**
 * Stores what is staged, marks the days whose rollups were made already, and keeps the newest values, in one
 * statement. Gives back which points (by index) were there before, and which of the stored are late.
 */
export const STORE_STAGED = `
  WITH inserted AS (
    INSERT INTO reading (device_id, metric, ts, number, flag, text, source_key)
    SELECT device_id, metric, to_timestamp(ms / 1000.0), number, flag, text, hashtextextended(message_key, 0)
    FROM pg_temp.reading_staging ORDER BY device_id, metric, ms
    ON CONFLICT DO NOTHING
    RETURNING device_id, metric, ts, number, flag, text
  ), marked AS (
    INSERT INTO reading_stale (device_id, metric, day)
    SELECT DISTINCT device_id, metric, date_trunc('day', ts, 'UTC') AS day
    FROM inserted, reading_boundary
    WHERE ts < sealed_before AND ts >= dropped_before AND text IS NULL
    ORDER BY device_id, metric, day
    ON CONFLICT (device_id, metric, day) DO UPDATE SET mark = EXCLUDED.mark
  ), newest AS (
    INSERT INTO reading_latest AS kept (device_id, metric, ts, number, flag, text)
    SELECT DISTINCT ON (device_id, metric) device_id, metric, ts, number, flag, text
    FROM inserted ORDER BY device_id, metric, ts DESC
    ON CONFLICT (device_id, metric) DO UPDATE
      SET ts = EXCLUDED.ts, number = EXCLUDED.number, flag = EXCLUDED.flag, text = EXCLUDED.text
      WHERE kept.ts < EXCLUDED.ts
  )
  SELECT (SELECT COALESCE(json_agg(index), '[]') FROM pg_temp.reading_staging AS staged WHERE NOT EXISTS (
            SELECT FROM inserted
            WHERE inserted.device_id = staged.device_id AND inserted.metric = staged.metric AND inserted.ts = to_timestamp(staged.ms / 1000.0)
          )) AS duplicates,
         (SELECT COALESCE(json_agg(json_build_array(inserted.device_id, metric, (extract(epoch FROM inserted.ts) * 1000)::bigint)), '[]')
          FROM inserted JOIN reading_latest AS earlier USING (device_id, metric)
          WHERE inserted.ts < earlier.ts) AS late`;

/**
 * $1 indexes of duplicates → those whose stored value is another one. A search per point: the planner knows nothing of
 * the staged points, and must not read all readings. The whole row is asked for, since a compressed one has no xmin.
 */
export const FIND_CONFLICTS = `
  SELECT index FROM pg_temp.reading_staging AS staged
  WHERE index = ANY ($1::int[]) AND (
    SELECT (reading.number, reading.flag, reading.text) IS DISTINCT FROM (staged.number, staged.flag, staged.text)
    FROM reading
    WHERE reading.device_id = staged.device_id AND reading.metric = staged.metric AND reading.ts = to_timestamp(staged.ms / 1000.0)
  )`;
