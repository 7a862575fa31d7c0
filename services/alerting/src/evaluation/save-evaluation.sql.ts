/**
 * Of each partition: $2 its number, $3 next offset, $4 the offset it must be at; $5..$7 states, $8..$12 samples, each
 * with its partition; $1 topic → the partitions that were saved. One statement: a transaction that stays open between
 * statements would hold back every tail of the event store meanwhile.
 */
export const SAVE_EVALUATION = `
  WITH batch AS (
    SELECT * FROM unnest($2::int[], $3::bigint[], $4::bigint[]) AS given (partition, next, expected)
  ), moved AS (
    INSERT INTO evaluation_offsets AS kept (topic, partition, next_offset)
    SELECT $1, partition, next FROM batch
    WHERE expected = 0 OR EXISTS (
      SELECT FROM evaluation_offsets AS known WHERE known.topic = $1 AND known.partition = batch.partition)
    ORDER BY partition
    ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
      WHERE kept.next_offset = (SELECT expected FROM batch WHERE batch.partition = kept.partition)
    RETURNING partition
  ), states AS (
    INSERT INTO device_states (device_id, conditions)
    SELECT device_id, conditions
    FROM unnest($5::int[], $6::uuid[], $7::jsonb[]) AS given (partition, device_id, conditions) JOIN moved USING (partition)
    ORDER BY device_id
    ON CONFLICT (device_id) DO UPDATE SET conditions = excluded.conditions
  ), samples AS (
    INSERT INTO window_samples (device_id, metric, ts, value)
    SELECT device_id, metric, ts, value
    FROM unnest($8::int[], $9::uuid[], $10::text[], $11::bigint[], $12::float8[]) AS given (partition, device_id, metric, ts, value)
      JOIN moved USING (partition)
    ORDER BY device_id, metric, ts
    ON CONFLICT DO NOTHING
  )
  SELECT partition FROM moved`;
