import pg from 'pg';
import { testDatabase } from '@brain/testing';
import { installTimeSeries } from '@brain/time-series';
import { TimescaleUnderTest } from './timescale-under-test.js';

const DEVICES = 40;
const METRICS = ['temperature', 'humidity', 'battery', 'level', 'open'];
const SECONDS_BETWEEN = 300;
const FIRST = Date.UTC(2026, 0, 1);

/** What a table takes, of so many readings. */
export interface Taken {
  readonly what: string;
  readonly readings: number;
  readonly bytes: number;
  readonly bytesPerReading: number;
}

/**
 * A walk of small steps per device with the digits a sensor gives, one reading every five minutes; one metric of five
 * is a switch. $1 first day, $2 the day after the last, in seconds since 1970.
 */
const FILL = `
  INSERT INTO time_series.reading (device_id, metric, ts, number, flag, source_key)
  SELECT ('00000000-0000-4000-8000-' || lpad(device::text, 12, '0'))::uuid, metric, to_timestamp(s + device % 60 + (abs(hashint4(device * 31 + s::int)) % 1000) / 1000.0),
         CASE WHEN metric <> 'open' THEN round((20 + 5 * sin(s / 13751.0 + device) + (abs(hashint4(s::int + device)) % 10) / 10.0)::numeric, 1)::float8 END,
         CASE WHEN metric = 'open' THEN (s / 7200 + device)::bigint % 5 = 0 END,
         hashtextextended(device || ' ' || s, 0)
  FROM generate_series($1::bigint, $2::bigint - 1, ${String(SECONDS_BETWEEN)}) AS s
  CROSS JOIN generate_series(1, ${String(DEVICES)}) AS device
  CROSS JOIN unnest('{${METRICS.join(',')}}'::text[]) AS metric
  ON CONFLICT DO NOTHING`;

/** The second after the last reading. */
const endOf = (readings: number) => FIRST / 1000 + Math.round((readings * SECONDS_BETWEEN) / (DEVICES * METRICS.length));

async function fill(client: pg.Client, readings: number): Promise<void> {
  const end = endOf(readings);
  for (let from = FIRST / 1000; from < end; from += 86_400) await client.query(FILL, [from, Math.min(from + 86_400, end)]);
}

async function taken(client: pg.Client, what: string, size: string): Promise<Taken> {
  const { rows } = await client.query<{ readings: number; bytes: number }>(`SELECT (SELECT count(*)::float8 FROM time_series.reading) AS readings, (${size})::float8 AS bytes`);
  const { readings = 0, bytes = 0 } = rows[0] ?? {};
  return { what, readings, bytes, bytesPerReading: Math.round((bytes / readings) * 10) / 10 };
}

const inTimescale = (...tables: readonly string[]) => tables.map((table) => `(SELECT total_bytes FROM hypertable_detailed_size('time_series.${table}'))`).join(' + ');

/** Bytes per reading in TimescaleDB, before and after compression, rollups apart. */
export async function measureTimescale(readings: number): Promise<readonly Taken[]> {
  const under = await TimescaleUnderTest.open({ readingsPerDay: (DEVICES * METRICS.length * 86_400) / SECONDS_BETWEEN });
  try {
    await fill(under.owner, readings);
    const plain = await taken(under.owner, 'timescaledb readings', inTimescale('reading'));
    await under.refresh(endOf(readings) * 1000);
    const rollups = async (when: string) => taken(under.owner, `timescaledb rollups per minute and hour ${when}`, inTimescale('reading_minute', 'reading_hour'));
    const before = await rollups('before compression');
    await under.compress();
    return [plain, await taken(under.owner, 'timescaledb readings compressed', inTimescale('reading')), before, await rollups('compressed')];
  } finally {
    await under.close();
  }
}

/** Bytes per reading in native partitions, which have no compression. */
export async function measureNative(readings: number): Promise<readonly Taken[]> {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await installTimeSeries(client, { roles: [] });
    for (let day = FIRST / 1000; day < endOf(readings); day += 86_400) await client.query('SELECT time_series.ensure_reading_partition(to_timestamp($1)::date)', [day + 43_200]);
    await fill(client, readings);
    return [await taken(client, 'native partitions readings', `SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('time_series.reading')`)];
  } finally {
    await client.end();
    await database.drop();
  }
}
