import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { installTimescaleTimeSeries } from '@brain/time-series';
import { DEVICE, telemetry } from '@brain/time-series/conformance';
import { TimescaleUnderTest } from './timescale-under-test.js';

const DAY = 24 * 60 * 60_000;
const TODAY = Math.floor(Date.now() / DAY) * DAY;
const POLICIES = { compressAfterDays: 7, keepReadingsDays: 30, keepMinutesDays: 60, keepHoursDays: 90 };

// The jobs of the database, run by hand: what the extension's workers run by the clock.
describe('the upkeep of readings in TimescaleDB', () => {
  let under: TimescaleUnderTest;
  let offset = 0;
  beforeAll(async () => {
    under = await TimescaleUnderTest.open(POLICIES);
  });
  beforeEach(() => under.clear());
  afterAll(() => under.close());

  const write = (...points: (readonly [number, number])[]) => {
    const records = points.map(([ts, level]) => ({ offset: offset++, value: telemetry({ readings: [{ ts, values: { level } }] }) }));
    return under.series.write({ topic: 'telemetry.readings', partition: 0, records });
  };
  const days = () => under.series.buckets({ deviceId: DEVICE, metric: 'level', from: 0, to: TODAY + DAY, bucketMs: DAY, limit: 100 });
  const points = () => under.series.points({ deviceId: DEVICE, metric: 'level', from: 0, to: TODAY + DAY, limit: 100 });
  const run = async (procedure: string, table?: string) => {
    const { rows } = await under.owner.query<{ job_id: number }>(
      'SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = $1 AND ($2::text IS NULL OR hypertable_name = $2)', [procedure, table ?? null]);
    expect(rows).toHaveLength(1);
    await under.owner.query(`CALL run_job(${String(rows[0]?.job_id)})`);
  };
  const count = async (from: string) => {
    const { rows } = await under.owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`);
    return rows[0]?.count;
  };

  it('has a job for each, and a change of policy changes the job that is there', async () => {
    const jobs = async () => {
      const { rows } = await under.owner.query<{ job: string }>(`
        SELECT proc_name || ' ' || COALESCE(config ->> 'keep', config ->> 'after', config ->> 'compress_after', config ->> 'drop_after', config ->> 'lag') AS job
        FROM timescaledb_information.jobs WHERE job_id >= 1000 ORDER BY 1`);
      return rows.map(({ job }) => job);
    };
    const all = ['compress_rollups_job 7 days', 'drop_readings_job 30 days', 'policy_compression 7 days', 'policy_retention 60 days', 'policy_retention 90 days', 'refresh_rollups_job 2 minutes'];
    expect(await jobs()).toEqual(all);
    await installTimescaleTimeSeries(under.owner, { roles: [], ...POLICIES, keepReadingsDays: 31, keepMinutesDays: 61 });
    expect(await jobs()).toEqual(all.map((job) => job.replace('30', '31').replace('60', '61')));
    await installTimescaleTimeSeries(under.owner, { roles: [], compressAfterDays: 5 });
    expect(await jobs()).toEqual(['compress_rollups_job 5 days', 'policy_compression 5 days', 'refresh_rollups_job 2 minutes']);
    await installTimescaleTimeSeries(under.owner, { roles: [], ...POLICIES });
    expect(await jobs()).toEqual(all);
  });

  it('rolls up what is settled, and a late reading once more', async () => {
    await write([TODAY - DAY, 1], [TODAY - DAY + 1, 3]);
    await run('refresh_rollups_job');
    await write([TODAY - DAY + 2, 8]);
    expect(await count('time_series.reading_stale')).toBe(1);
    expect(await days()).toMatchObject([{ from: TODAY - DAY, sum: 12, count: 3, last: 8 }]);
    await run('refresh_rollups_job');
    expect(await count('time_series.reading_stale')).toBe(0);
    expect(await days()).toMatchObject([{ from: TODAY - DAY, sum: 12, count: 3, last: 8 }]);
  });

  it('compresses old chunks, and what comes late to them is stored once', async () => {
    await write([TODAY - 20 * DAY, 1], [TODAY - 20 * DAY + 1, 3]);
    await run('refresh_rollups_job');
    await run('policy_compression', 'reading');
    await run('compress_rollups_job');
    const compressed = `timescaledb_information.chunks WHERE is_compressed AND hypertable_name = 'reading'`;
    expect(await count(compressed)).toBe(1);
    const { outcomes } = await write([TODAY - 20 * DAY, 9], [TODAY - 20 * DAY + 2, 4]);
    expect(outcomes).toMatchObject([{ duplicates: 1, conflicting: 1 }, { stored: 1 }]);
    expect(await days()).toMatchObject([{ sum: 8, count: 3 }]);
    await run('refresh_rollups_job');
    await run('policy_compression', 'reading');
    expect(await days()).toMatchObject([{ sum: 8, count: 3 }]);
    expect(await points()).toHaveLength(3);
  });

  it('drops old readings and keeps their days, also when more come later', async () => {
    const old = TODAY - 50 * DAY;
    await write([old, 1], [old + 1, 3], [TODAY - DAY, 5]);
    await run('drop_readings_job');
    expect(await points()).toMatchObject([{ value: 5 }]);
    expect(await days()).toMatchObject([{ from: old, sum: 4, count: 2, first: 1, last: 3 }, { sum: 5 }]);
    await write([old + 2, 8], [TODAY - DAY + 1, 6]);
    await run('refresh_rollups_job');
    await run('drop_readings_job');
    expect(await days()).toMatchObject([{ from: old, sum: 12, count: 3, first: 1, last: 8 }, { sum: 11 }]);
  });

  it('is refused when minutes would go before their readings', async () => {
    await expect(installTimescaleTimeSeries(under.owner, { roles: [], keepReadingsDays: 30, keepMinutesDays: 7 })).rejects.toMatchObject({ code: 'TIME_SERIES_REFUSED' });
  });
});
