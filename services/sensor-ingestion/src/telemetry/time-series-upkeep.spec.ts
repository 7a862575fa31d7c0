import { describe, expect, it } from '@jest/globals';
import { Metrics } from '@brain/service-kit';
import type { TimeSeries, UpkeepTrouble } from '@brain/time-series';
import { measureUpkeep, timeSeriesReadiness } from './time-series-upkeep.js';

const FAILED: UpkeepTrouble = {
  job: 'refresh_rollups_job',
  kind: 'failed',
  since: Date.UTC(2026, 9, 31),
  error: '28000 role is not permitted to log in',
};
const NOT_RUN: UpkeepTrouble = { job: 'policy_compression reading', kind: 'not-run', since: null, error: null };

const series = (troubles: readonly UpkeepTrouble[], ping: () => Promise<void> = () => Promise.resolve()) =>
  ({ ping, upkeepTroubles: () => Promise.resolve(troubles) }) as TimeSeries;

describe('timeSeriesReadiness', () => {
  it('is ready without a word while every job does its work', async () => {
    expect(await timeSeriesReadiness(series([]))).toEqual({ ready: true });
  });

  it('stays ready and names each job that fails or is not run', async () => {
    expect(await timeSeriesReadiness(series([FAILED, NOT_RUN]))).toEqual({
      ready: true,
      detail:
        'job refresh_rollups_job of TimescaleDB fails since 2026-10-31T00:00:00.000Z: 28000 role is not permitted to log in; ' +
        'job policy_compression reading of TimescaleDB is due and is not run: is its scheduler on, and are there background workers?',
    });
  });

  it('rejects when the engine does not answer', async () => {
    await expect(timeSeriesReadiness(series([], () => Promise.reject(new Error('away'))))).rejects.toThrow('away');
  });
});

describe('brain_time_series_job_troubles', () => {
  it('counts the jobs by what is wrong with them', async () => {
    const metrics = new Metrics('sensor-ingestion');
    measureUpkeep(metrics, series([FAILED]));
    const text = await metrics.registry.metrics();
    expect(text).toContain('brain_time_series_job_troubles{kind="failed",service="sensor-ingestion"} 1');
    expect(text).toContain('brain_time_series_job_troubles{kind="not-run",service="sensor-ingestion"} 0');
  });
});
