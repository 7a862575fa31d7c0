export * from './time-series.port.js';
export { parseBucket } from './bucket.js';
export { installTimeSeries, type TimeSeriesInstallation } from './postgres/install.js';
export { PostgresTimeSeries, type PostgresTimeSeriesOptions } from './postgres/postgres-time-series.js';
