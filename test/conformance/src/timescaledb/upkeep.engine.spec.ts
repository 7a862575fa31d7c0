import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { installTimescaleTimeSeries } from '@brain/time-series';
import { DEVICE, telemetry } from '@brain/time-series/conformance';
import { TimescaleUnderTest } from './timescale-under-test.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
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
  /** As on the first day: nothing was sealed, refreshed or dropped. */
  const neverKept = () => under.owner.query(
    `UPDATE time_series.reading_boundary SET sealed_before = '-infinity', refreshed_before = '-infinity', dropped_before = '-infinity'`);
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
    await under.reinstall({ ...POLICIES, keepReadingsDays: 31, keepMinutesDays: 61 });
    expect(await jobs()).toEqual(all.map((job) => job.replace('30', '31').replace('60', '61')));
    await under.reinstall({ compressAfterDays: 5 });
    expect(await jobs()).toEqual(['compress_rollups_job 5 days', 'policy_compression 5 days', 'refresh_rollups_job 2 minutes']);
    await under.reinstall({ ...POLICIES });
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

  it('drops what came late for a dropped time, and keeps its share in every rollup', async () => {
    const old = TODAY - 50 * DAY;
    const buckets = (bucketMs: number) =>
      under.series.buckets({ deviceId: DEVICE, metric: 'level', from: 0, to: TODAY + DAY, bucketMs, limit: 100 });
    await neverKept();
    await write([old, 1], [TODAY - DAY, 5]);
    await run('drop_readings_job');
    await run('refresh_rollups_job');
    await write([old + 2 * MINUTE, 8], [old + 1, 3], [old + DAY, 7]);
    const before = await Promise.all([MINUTE, HOUR, DAY].map(buckets));
    expect(await points()).toHaveLength(4);
    await run('drop_readings_job');
    expect(await points()).toMatchObject([{ value: 5 }]);
    expect(await Promise.all([MINUTE, HOUR, DAY].map(buckets))).toEqual(before);
    expect(await days()).toMatchObject([
      { from: old, min: 1, max: 8, sum: 12, count: 3, first: 1, last: 8 }, { from: old + DAY, sum: 7, count: 1 }, { sum: 5 },
    ]);
  });

  it('goes on with retention after a late reading made a chunk across the line', async () => {
    await neverKept();
    await write([TODAY - 50 * DAY, 1]);
    await run('drop_readings_job');
    const { rows } = await under.owner.query<{ dropped: number }>(
      'SELECT (extract(epoch FROM dropped_before) * 1000)::float8 AS dropped FROM time_series.reading_boundary');
    const line = rows[0]?.dropped ?? NaN;
    await write([line - 1, 2], [line + 1, 4]);
    await under.owner.query(`CALL time_series.drop_readings('${new Date(line + 15 * DAY).toISOString()}')`);
    expect(await points()).toEqual([]);
    expect(await days()).toMatchObject([
      { from: TODAY - 50 * DAY, sum: 1 }, { from: line - DAY, sum: 2, count: 1 }, { from: line, sum: 4, count: 1 },
    ]);
  });

  it('tells which jobs failed at their last run, and which are due and not run', async () => {
    expect(await under.series.upkeepTroubles()).toEqual([]);
    const jobOf = async (procedure: string) => {
      const { rows } = await under.owner.query<{ id: number }>('SELECT job_id AS id FROM timescaledb_information.jobs WHERE proc_name = $1', [procedure]);
      return rows[0]?.id ?? NaN;
    };
    const [refresh, compression] = await Promise.all(['refresh_rollups_job', 'policy_compression'].map(jobOf));
    await under.owner.query('DELETE FROM _timescaledb_internal.bgw_job_stat WHERE job_id IN ($1, $2)', [refresh, compression]);
    await under.owner.query(`
      INSERT INTO _timescaledb_internal.bgw_job_stat (
        job_id, last_start, last_finish, next_start, last_successful_finish, last_run_success, total_runs, total_duration, total_duration_failures,
        total_successes, total_failures, total_crashes, consecutive_failures, consecutive_crashes)
      VALUES ($1, '2026-11-01T10:00Z', '2026-11-01T10:01Z', 'infinity', '2026-10-31T10:00Z', false, 9, '1 s', '1 s', 1, 8, 0, 8, 0),
             ($2, '2026-11-01T10:00Z', '2026-11-01T10:01Z', '2026-11-02T10:00Z', '2026-11-01T10:01Z', true, 1, '1 s', '0 s', 1, 0, 0, 0, 0)`, [refresh, compression]);
    await under.owner.query('SELECT alter_job($1::int, scheduled => true, next_start => $2)', [compression, '2026-11-02T10:00Z']);
    await under.owner.query(`
      INSERT INTO _timescaledb_internal.bgw_job_stat_history (job_id, pid, succeeded, execution_start, execution_finish, data)
      VALUES ($1, 7, false, '2026-11-01T10:00Z', '2026-11-01T10:01Z', '{"error_data": {"sqlerrcode": "28000", "message": "role is not permitted to log in"}}')`, [refresh]);
    expect(await under.series.upkeepTroubles()).toEqual([
      { job: 'policy_compression reading', kind: 'not-run', since: Date.parse('2026-11-02T10:00Z'), error: null },
      { job: 'refresh_rollups_job', kind: 'failed', since: Date.parse('2026-10-31T10:00Z'), error: '28000 role is not permitted to log in' },
    ]);
  });

  it('is refused when minutes would go before their readings', async () => {
    await expect(installTimescaleTimeSeries(under.owner, { roles: [], keepReadingsDays: 30, keepMinutesDays: 7 })).rejects.toMatchObject({ code: 'TIME_SERIES_REFUSED' });
  });
});
