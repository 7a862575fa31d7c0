export * from './time-series.port.js';
export { parseBucket } from './bucket.js';
export { installTimeSeries, type TimeSeriesInstallation } from './postgres/install.js';
export { PostgresTimeSeries, type PostgresTimeSeriesOptions } from './postgres/postgres-time-series.js';
export { installTimescaleTimeSeries, type TimescaleInstallation } from './timescale/install.js';
export type { TimescalePolicies } from './timescale/policies.js';
export { TimescaleTimeSeries, type TimescaleTimeSeriesOptions } from './timescale/timescale-time-series.js';
