import { PostgresTimeSeries, TimescaleTimeSeries, type TimeSeries } from '@brain/time-series';
import type { IngestionConfig } from '../config.js';

const ADAPTERS = { postgres: PostgresTimeSeries, timescaledb: TimescaleTimeSeries };

/** What keeps the readings, as configured. */
export function openTimeSeries(config: IngestionConfig, onError: (error: Error) => void): TimeSeries & { ping(): Promise<void> } {
  return new ADAPTERS[config.INGESTION_TIME_SERIES]({
    connectionString: config.kit.databaseUrl,
    applicationName: 'sensor-ingestion/time-series',
    onError,
  });
}
