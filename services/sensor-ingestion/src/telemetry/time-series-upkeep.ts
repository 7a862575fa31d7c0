import type { TimeSeries, UpkeepTrouble } from '@brain/time-series';
import { within, type Metrics, type ReadinessEntry } from '@brain/service-kit';

const ANSWER_WITHIN_MS = 3_000;

/**
 * Readings are stored while the engine's jobs fail, so the service stays ready; `detail` says which job fails, because
 * rollups, compression and retention fall behind until somebody mends it.
 */
export async function timeSeriesReadiness(series: TimeSeries): Promise<ReadinessEntry> {
  await within(ANSWER_WITHIN_MS, series.ping());
  const troubles = await within(ANSWER_WITHIN_MS, series.upkeepTroubles());
  return troubles.length === 0 ? { ready: true } : { ready: true, detail: troubles.map(troubleInWords).join('; ') };
}

/** Pure: one sentence for the administrator. */
export function troubleInWords({ job, kind, since, error }: UpkeepTrouble): string {
  const when = since === null ? '' : ` since ${new Date(since).toISOString()}`;
  switch (kind) {
    case 'failed':
      return `job ${job} of TimescaleDB fails${when}: ${error ?? 'no error is kept'}`;
    case 'not-run':
      return `job ${job} of TimescaleDB is due${when} and is not run: is its scheduler on, and are there background workers?`;
  }
}

/** `brain_time_series_job_troubles`: asked when scraped. While the engine does not answer there is no figure. */
export function measureUpkeep(metrics: Metrics, series: TimeSeries): void {
  const help = 'Jobs of the time series engine that fail or are not run';
  const gauge = metrics.gauge('brain_time_series_job_troubles', help, ['kind'], async () => {
    const troubles = await within(ANSWER_WITHIN_MS, series.upkeepTroubles()).catch(() => undefined);
    gauge.reset();
    if (troubles === undefined) return;
    for (const kind of ['failed', 'not-run'] as const) gauge.set({ kind }, troubles.filter((trouble) => trouble.kind === kind).length);
  });
}
