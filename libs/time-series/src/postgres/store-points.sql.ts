const rollup = (name: string) => `
  ${name}_rollup AS (
    INSERT INTO reading_${name} AS kept (device_id, metric, bucket, min, max, sum, count, first_ts, first, last_ts, last)
    SELECT device_id, metric, date_trunc('${name}', ts, 'UTC') AS bucket, min(n), max(n), sum(n), count(*),
           min(ts), (array_agg(n ORDER BY ts))[1], max(ts), (array_agg(n ORDER BY ts DESC))[1]
    FROM counted
    GROUP BY device_id, metric, bucket
    ORDER BY device_id, metric, bucket
    ON CONFLICT (device_id, metric, bucket) DO UPDATE SET
      min = LEAST(kept.min, EXCLUDED.min),
      max = GREATEST(kept.max, EXCLUDED.max),
      sum = kept.sum + EXCLUDED.sum,
      count = kept.count + EXCLUDED.count,
      first_ts = LEAST(kept.first_ts, EXCLUDED.first_ts),
      first = CASE WHEN EXCLUDED.first_ts < kept.first_ts THEN EXCLUDED.first ELSE kept.first END,
      last_ts = GREATEST(kept.last_ts, EXCLUDED.last_ts),
      last = CASE WHEN EXCLUDED.last_ts > kept.last_ts THEN EXCLUDED.last ELSE kept.last END
  )`;

/**
 * Stores points, corrects the rollups by exactly what was stored (rows are never deleted, so that is enough) and
 * the latest values, in one statement. Gives back how many were stored, and which of those are late. It is prepared:
 * planning it would cost as much as running it, and nothing in it has a plan that depends on the number of points.
 */
export const STORE_POINTS = `
  WITH input AS (
    SELECT device_id, metric, to_timestamp(ms / 1000.0) AS ts, number, flag, text, hashtextextended(message_key, 0) AS source_key
    FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::float8[], $5::boolean[], $6::text[], $7::text[])
      AS given(device_id, metric, ms, number, flag, text, message_key)
  ), inserted AS (
    INSERT INTO reading (device_id, metric, ts, number, flag, text, source_key)
    SELECT device_id, metric, ts, number, flag, text, source_key FROM input
    ON CONFLICT DO NOTHING
    RETURNING device_id, metric, ts, number, flag, text
  ), counted AS MATERIALIZED (
    SELECT device_id, metric, ts, COALESCE(number, flag::int) AS n FROM inserted WHERE text IS NULL
  ),${['minute', 'hour', 'day'].map(rollup).join(',')}, newest AS (
    INSERT INTO reading_latest AS kept (device_id, metric, ts, number, flag, text)
    SELECT DISTINCT ON (device_id, metric) device_id, metric, ts, number, flag, text
    FROM inserted ORDER BY device_id, metric, ts DESC
    ON CONFLICT (device_id, metric) DO UPDATE
      SET ts = EXCLUDED.ts, number = EXCLUDED.number, flag = EXCLUDED.flag, text = EXCLUDED.text
      WHERE kept.ts < EXCLUDED.ts
  )
  SELECT (SELECT count(*)::int FROM inserted) AS stored,
         (SELECT COALESCE(json_agg(json_build_array(inserted.device_id, metric, (extract(epoch FROM inserted.ts) * 1000)::bigint)), '[]')
          FROM inserted JOIN reading_latest AS earlier USING (device_id, metric)
          WHERE inserted.ts < earlier.ts) AS late`;

/**
 * Which of the given points were there before this transaction, and which of those have another value? $1..$6 as
 * above, $7..$8 bounds of the times (ms) for partition pruning. A row tells by xmin which transaction wrote it.
 */
export const FIND_DUPLICATES = `
  SELECT given.index::int - 1 AS index,
         (reading.number, reading.flag, reading.text) IS DISTINCT FROM (given.number, given.flag, given.text) AS conflicting
  FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::float8[], $5::boolean[], $6::text[])
    WITH ORDINALITY AS given(device_id, metric, ms, number, flag, text, index)
  JOIN reading ON reading.device_id = given.device_id AND reading.metric = given.metric
    AND reading.ts = to_timestamp(given.ms / 1000.0)
    AND reading.ts BETWEEN to_timestamp($7::bigint / 1000.0) AND to_timestamp($8::bigint / 1000.0)
  WHERE reading.xmin::text::bigint <> pg_current_xact_id()::text::bigint & 4294967295`;
