export * from './time-series.port.js';
export { parseBucket } from './bucket.js';
export { installTimeSeries } from './postgres/install.js';
export { PostgresTimeSeries } from './postgres/postgres-time-series.js';
