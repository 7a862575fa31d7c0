import { newestAnew } from '../relational/forgotten.sql.js';

const UNITS = ['minute', 'hour', 'day'] as const;

/** The rollups of the first and the last bucket are made anew from what is left; those in between have nothing left. */
const rollup = (at: string, unit: (typeof UNITS)[number]) => `
      DELETE FROM ${at}.reading_${unit} WHERE device_id = device AND bucket >= date_trunc('${unit}', since, 'UTC') AND bucket < before;
      INSERT INTO ${at}.reading_${unit} (device_id, metric, bucket, min, max, sum, count, first_ts, first, last_ts, last)
      SELECT device_id, metric, date_trunc('${unit}', ts, 'UTC') AS bucket, min(n), max(n), sum(n), count(*),
             min(ts), (array_agg(n ORDER BY ts))[1], max(ts), (array_agg(n ORDER BY ts DESC))[1]
      FROM (SELECT *, COALESCE(number, flag::int) AS n FROM ${at}.reading WHERE device_id = device AND text IS NULL) AS kept
      WHERE ts >= date_trunc('${unit}', since, 'UTC') AND ts < date_trunc('${unit}', before, 'UTC') + interval '1 ${unit}'
      GROUP BY device_id, metric, bucket
      ON CONFLICT (device_id, metric, bucket) DO UPDATE SET
        min = EXCLUDED.min, max = EXCLUDED.max, sum = EXCLUDED.sum, count = EXCLUDED.count,
        first_ts = EXCLUDED.first_ts, first = EXCLUDED.first, last_ts = EXCLUDED.last_ts, last = EXCLUDED.last;`;

/** Deletes a device's readings of a time, with the owner's rights: no writer may delete readings otherwise. */
export function forgetFunction(at: string): string {
  return `
    CREATE OR REPLACE FUNCTION ${at}.forget_readings(device uuid, since timestamptz, before timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${at}, pg_temp AS $$
    BEGIN
      INSERT INTO ${at}.reading_forgotten (device_id, from_ts, to_ts) VALUES (device, since, before) ON CONFLICT DO NOTHING;
      DELETE FROM ${at}.reading WHERE device_id = device AND ts >= since AND ts < before;
      ${UNITS.map((unit) => rollup(at, unit)).join('')}
      ${newestAnew(at)}
    END $$;
    REVOKE EXECUTE ON FUNCTION ${at}.forget_readings(uuid, timestamptz, timestamptz) FROM PUBLIC;`;
}
