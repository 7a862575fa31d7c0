export const POINTS = `
  SELECT (extract(epoch FROM ts) * 1000)::float8 AS ts, number, flag, text
  FROM reading
  WHERE device_id = $1 AND metric = $2 AND ts >= to_timestamp($3::bigint / 1000.0) AND ts < to_timestamp($4::bigint / 1000.0)
  ORDER BY ts
  LIMIT $5`;

export const LATEST = `
  SELECT device_id AS "deviceId", metric, (extract(epoch FROM ts) * 1000)::float8 AS ts, number, flag, text
  FROM reading_latest WHERE device_id = ANY ($1::uuid[])
  ORDER BY device_id, metric`;

/** $1 device ids or null, $2..$3 from and to (ms), $4..$5 the count to begin after (or null), $6 limit. */
export const COUNTS = `
  SELECT device_id AS "deviceId", (extract(epoch FROM minute) * 1000)::float8 AS minute, received, stored, duplicates, refused
  FROM ingest_count
  WHERE ($1::uuid[] IS NULL OR device_id = ANY ($1::uuid[]))
    AND minute >= to_timestamp($2::bigint / 1000.0) AND minute < to_timestamp($3::bigint / 1000.0)
    AND ($4::bigint IS NULL OR (minute, COALESCE(device_id::text, '~')) > (to_timestamp($4::bigint / 1000.0), COALESCE($5::text, '~')))
  ORDER BY ingest_count.minute, COALESCE(device_id::text, '~')
  LIMIT $6`;
