/** $1 topic, $2 partition, $3 next offset, $4 device ids, $5 times received (ms), $6..$8 stored, duplicates, refused (0 or 1). */
export const COUNT_AND_ADVANCE = `
  WITH advanced AS (
    UPDATE ingest_offset SET next_offset = GREATEST(next_offset, $3) WHERE topic = $1 AND partition = $2
  )
  INSERT INTO ingest_count AS kept (minute, device_id, received, stored, duplicates, refused)
  SELECT date_trunc('minute', to_timestamp(ms / 1000.0), 'UTC') AS minute, device_id, count(*), sum(stored), sum(duplicates), sum(refused)
  FROM unnest($4::uuid[], $5::bigint[], $6::int[], $7::int[], $8::int[]) AS given(device_id, ms, stored, duplicates, refused)
  GROUP BY minute, device_id
  ORDER BY minute, device_id
  ON CONFLICT (minute, device_id) DO UPDATE SET
    received = kept.received + EXCLUDED.received,
    stored = kept.stored + EXCLUDED.stored,
    duplicates = kept.duplicates + EXCLUDED.duplicates,
    refused = kept.refused + EXCLUDED.refused`;
