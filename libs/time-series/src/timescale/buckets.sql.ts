import { DAY_MS, HOUR_MS, MINUTE_MS, rollupFor } from '../bucket.js';
import type { BucketQuery } from '../relational/reading-engine.js';

const UNIT_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;
const EPOCH = `timestamptz '1970-01-01T00:00:00Z'`;
const FROM = 'to_timestamp($3::bigint / 1000.0)';
const TO = 'to_timestamp($4::bigint / 1000.0)';

const readings = `
  SELECT ts AS bucket, n AS min, n AS max, n AS sum, 1 AS count, ts AS first_ts, n AS first, ts AS last_ts, n AS last
  FROM (
    SELECT ts, COALESCE(number, flag::int::float8) AS n FROM reading
    WHERE device_id = $1 AND metric = $2 AND text IS NULL AND ts >= ${FROM} AND ts < ${TO}`;

/**
 * Three sources, in one snapshot: the rollups; the readings of days that late ones have marked, in place of their
 * rollups; and the readings that came after theirs were dropped, on top of the rollups.
 */
const bucketsFrom = (rollup: 'minute' | 'hour' | 'day') => `
  WITH stale AS MATERIALIZED (
    SELECT day FROM reading_stale
    WHERE device_id = $1 AND metric = $2 AND day > ${FROM} - interval '24 hours' AND day < ${TO}
  ), part AS (
    SELECT bucket, min, max, sum, count, first_ts, first, last_ts, last
    FROM reading_${rollup}
    WHERE device_id = $1 AND metric = $2 AND bucket >= ${FROM} AND bucket < ${TO}
      AND date_trunc('day', bucket, 'UTC') NOT IN (SELECT day FROM stale)
    UNION ALL
    SELECT marked.* FROM stale CROSS JOIN LATERAL (${readings} AND ts >= stale.day AND ts < stale.day + interval '24 hours') AS given) AS marked
    UNION ALL
    ${readings} AND ts < (SELECT dropped_before FROM reading_boundary)) AS given
  )
  SELECT (extract(epoch FROM date_bin($5::float8 * interval '1 millisecond', bucket, ${EPOCH})) * 1000)::float8 AS "from",
         min(min) AS min, max(max) AS max, sum(sum) / sum(count)::float8 AS avg, sum(sum) AS sum, sum(count)::float8 AS count,
         (array_agg(first ORDER BY first_ts))[1] AS first, (array_agg(last ORDER BY last_ts DESC))[1] AS last
  FROM part
  GROUP BY 1
  ORDER BY 1
  LIMIT $6`;

/** From the start of the first bucket to the end of the last rollup that begins before `to`. */
export function bucketsQuery({ deviceId, metric, from, to, bucketMs, limit }: BucketQuery): { text: string; values: unknown[] } {
  const rollup = rollupFor(bucketMs);
  const start = Math.floor(from / bucketMs) * bucketMs;
  const end = Math.ceil(to / UNIT_MS[rollup]) * UNIT_MS[rollup];
  return { text: bucketsFrom(rollup), values: [deviceId, metric, start, end, bucketMs, limit] };
}
