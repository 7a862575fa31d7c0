/** $1 device ids, $2 when each was seen (ms), null: only held. Ordered, so that two processes cannot deadlock. */
export const SAVE_SEEN = `
  INSERT INTO device_seen AS kept (device_id, seen_at, held_at)
  SELECT device_id, COALESCE(to_timestamp(ms / 1000.0), 'epoch'), now()
  FROM unnest($1::uuid[], $2::bigint[]) AS given(device_id, ms)
  ORDER BY device_id
  ON CONFLICT (device_id) DO UPDATE SET
    seen_at = GREATEST(kept.seen_at, EXCLUDED.seen_at),
    held_at = EXCLUDED.held_at`;

/** $1 devices with a connection → those not known to be online. */
export const COME_ONLINE = `
  SELECT device_id AS "deviceId", area_code AS "areaCode" FROM device_list
  WHERE device_id = ANY ($1::uuid[]) AND state = 'registered' AND NOT online
  ORDER BY device_id`;

/** $1 device ids, $2 when each was heard last through a broker (ms), null: it has said goodbye; $3 how long that holds (ms). */
export const SAVE_HEARD = `
  INSERT INTO device_seen AS kept (device_id, seen_at, held_at, silent_at)
  SELECT device_id, COALESCE(to_timestamp(ms / 1000.0), 'epoch'), 'epoch',
         CASE WHEN ms IS NULL THEN 'epoch' ELSE now() + $3::float8 * interval '1 millisecond' END
  FROM unnest($1::uuid[], $2::bigint[]) AS given(device_id, ms)
  ORDER BY device_id
  ON CONFLICT (device_id) DO UPDATE SET
    seen_at = GREATEST(kept.seen_at, EXCLUDED.seen_at),
    silent_at = EXCLUDED.silent_at`;

/** $1 grace time (ms), $2 limit → devices known to be online that no process holds and no broker has heard. */
export const GONE = `
  SELECT device_id AS "deviceId", area_code AS "areaCode" FROM device_list LEFT JOIN device_seen USING (device_id)
  WHERE online AND (held_at IS NULL OR held_at < now() - $1::float8 * interval '1 millisecond')
    AND (silent_at IS NULL OR silent_at < now())
  ORDER BY device_id LIMIT $2`;
