import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import type { TelemetryMessage } from '@brain/contracts';
import { testDatabase, type TestDatabase } from '@brain/testing';
import { installTimeSeries, PostgresTimeSeries, type TimeSeries } from '@brain/time-series';
import { NOON, telemetry } from '@brain/time-series/conformance';
import { TimescaleUnderTest } from './timescale-under-test.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DEVICES = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const METRICS = ['level', 'open'];
const TABLES = ['reading', 'reading_minute', 'reading_hour', 'reading_day', 'reading_latest', 'ingest_count', 'ingest_offset', 'ingest_gap'];

type Step =
  | { readonly do: 'write'; readonly messages: readonly TelemetryMessage[] }
  | { readonly do: 'refresh'; readonly before: number }
  | { readonly do: 'compress' };

// Few instants, so that many readings meet; around midnight and the full hour, days apart, and one of another year.
const instant = fc
  .record({
    day: fc.constantFrom(0, 0, 1, 2, 9, -400),
    hour: fc.constantFrom(0, 11, 12, 23),
    ms: fc.constantFrom(0, 1, 59_999, MINUTE, 30 * MINUTE, HOUR - 1),
  })
  .map(({ day, hour, ms }) => NOON - DAY / 2 - day * DAY + hour * HOUR + ms);
// Quarters add up exactly, in whatever order.
const value = fc.oneof(fc.integer({ min: -4000, max: 4000 }).map((quarters) => quarters / 4), fc.boolean(), fc.constant('text'));
const message = fc
  .record({
    deviceId: fc.constantFrom(...DEVICES),
    readings: fc.array(fc.record({ ts: instant, values: fc.dictionary(fc.constantFrom(...METRICS), value, { minKeys: 1 }) }), { minLength: 1, maxLength: 4 }),
  })
  .map((given) => telemetry(given));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.array(message, { minLength: 1, maxLength: 8 }).map((messages): Step => ({ do: 'write', messages })) },
  { weight: 2, arbitrary: instant.map((before): Step => ({ do: 'refresh', before: before + HOUR })) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'compress' }) },
);

describe('native partitions and TimescaleDB', () => {
  let timescale: TimescaleUnderTest;
  let database: TestDatabase;
  let owner: pg.Client;
  let native: PostgresTimeSeries;
  beforeAll(async () => {
    timescale = await TimescaleUnderTest.open();
    database = await testDatabase();
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await installTimeSeries(owner, { roles: [] });
    native = new PostgresTimeSeries({ connectionString: database.url });
  });
  afterAll(async () => {
    await native.close();
    await owner.end();
    await database.drop();
    await timescale.close();
  });

  it('give the same answers to the same late, duplicate and disordered readings, whatever upkeep comes in between', async () => {
    const stream = fc.array(step, { minLength: 3, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(stream, async (steps) => {
        await Promise.all([timescale.clear(), owner.query(`TRUNCATE ${TABLES.map((table) => `time_series.${table}`).join(', ')}`)]);
        let offset = 0;
        for (const next of steps) {
          if (next.do === 'write') {
            const batch = { topic: 'telemetry.readings', partition: 0, records: next.messages.map((given) => ({ offset: offset++, value: given })) };
            expect(await timescale.series.write(batch)).toEqual(await native.write(batch));
          } else if (next.do === 'refresh') await timescale.refresh(next.before);
          else await timescale.compress();
        }
        expect(await answers(timescale.series)).toEqual(await answers(native));
      }),
      { seed: 20261122, numRuns: 15 },
    );
  }, 300_000);
});

async function answers(series: TimeSeries): Promise<unknown> {
  const told: unknown[] = [await series.latest(DEVICES), await series.counts({ from: 0, to: NOON + DAY, limit: 1000 })];
  for (const deviceId of DEVICES) {
    for (const metric of METRICS) {
      const range = { deviceId, metric, from: NOON - 500 * DAY, to: NOON + DAY, limit: 10_000 };
      told.push(await series.points(range));
      for (const bucketMs of [MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY]) told.push(await series.buckets({ ...range, bucketMs }));
      told.push(await series.buckets({ ...range, from: NOON + MINUTE / 2, to: NOON + HOUR - 1, bucketMs: MINUTE }));
    }
  }
  return told;
}
