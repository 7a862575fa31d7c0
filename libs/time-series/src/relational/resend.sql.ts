/** How long after the first sending a resend without a time of its own is looked for. */
export const RESEND_WINDOW_MS = 10 * 60_000;

/** $1 device ids, $2 a metric of each, $3 message keys, $4 times received (ms), $5..$6 bounds for partition pruning → index. */
export const FIND_RESENDS = `
  SELECT asked.index::int - 1 AS index
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[])
    WITH ORDINALITY AS asked(device_id, metric, message_key, received_at, index)
  WHERE EXISTS (
    SELECT FROM reading
    WHERE reading.device_id = asked.device_id AND reading.metric = asked.metric
      AND reading.ts BETWEEN to_timestamp((asked.received_at - ${String(RESEND_WINDOW_MS)}) / 1000.0) AND to_timestamp(asked.received_at / 1000.0)
      AND reading.ts BETWEEN to_timestamp($5::bigint / 1000.0) AND to_timestamp($6::bigint / 1000.0)
      AND reading.source_key = hashtextextended(asked.message_key, 0)
  )`;
