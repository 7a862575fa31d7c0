/** $1 device ids → what is not to be kept of them. */
export const FIND_FORGOTTEN = `
  SELECT device_id AS "deviceId", (extract(epoch FROM from_ts) * 1000)::float8 AS "from", (extract(epoch FROM to_ts) * 1000)::float8 AS "to"
  FROM reading_forgotten WHERE device_id = ANY ($1::uuid[])`;

/** Writers hold this table from their first statement on: this waits for those under way, and the next ones for us. */
export const KEEP_WRITERS_OUT = 'LOCK TABLE ingest_offset IN EXCLUSIVE MODE';

/** $1 device, $2..$3 from and to (ms, null: without end). With the owner's rights. */
export const FORGET = `
  SELECT forget_readings($1, COALESCE(to_timestamp($2::bigint / 1000.0), '-infinity'), COALESCE(to_timestamp($3::bigint / 1000.0), 'infinity'))`;

/** The newest values of the device, from what is left of its readings. */
export const newestAnew = (at: string) => `
      DELETE FROM ${at}.reading_latest WHERE device_id = device;
      INSERT INTO ${at}.reading_latest (device_id, metric, ts, number, flag, text)
      SELECT DISTINCT ON (metric) device_id, metric, ts, number, flag, text
      FROM ${at}.reading WHERE device_id = device ORDER BY metric, ts DESC;`;
