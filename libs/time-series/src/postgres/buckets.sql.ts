const EPOCH = `timestamptz '1970-01-01T00:00:00Z'`;

/** $3..$4 from and to (ms), $5 bucket width (ms), $6 limit. */
export const bucketsFrom = (rollup: 'minute' | 'hour' | 'day') => `
  SELECT (extract(epoch FROM date_bin($5::float8 * interval '1 millisecond', bucket, ${EPOCH})) * 1000)::float8 AS "from",
         min(min) AS min, max(max) AS max, sum(sum) / sum(count)::float8 AS avg, sum(sum) AS sum, sum(count)::float8 AS count,
         (array_agg(first ORDER BY first_ts))[1] AS first, (array_agg(last ORDER BY last_ts DESC))[1] AS last
  FROM reading_${rollup}
  WHERE device_id = $1 AND metric = $2
    AND bucket >= date_bin($5::float8 * interval '1 millisecond', to_timestamp($3::bigint / 1000.0), ${EPOCH})
    AND bucket < to_timestamp($4::bigint / 1000.0)
  GROUP BY 1
  ORDER BY 1
  LIMIT $6`;
