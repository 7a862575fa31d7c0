import { rollupFor } from '../bucket.js';
import type { ReadingEngine } from '../relational/reading-engine.js';
import { RelationalTimeSeries, type RelationalTimeSeriesOptions } from '../relational/relational-time-series.js';
import { bucketsFrom } from './buckets.sql.js';
import { Partitions } from './partitions.js';
import { storePoints } from './store-points.js';

export type PostgresTimeSeriesOptions = RelationalTimeSeriesOptions;

/** Readings in native partitions by day, with rollups per minute, hour and day kept right by each write. */
export class PostgresTimeSeries extends RelationalTimeSeries {
  constructor(options: PostgresTimeSeriesOptions) {
    super(nativePartitions(), options);
  }
}

function nativePartitions(): ReadingEngine {
  const partitions = new Partitions();
  return {
    ping: async (pool) => {
      await pool.query('SELECT next_offset FROM ingest_offset LIMIT 1');
    },
    makeRoom: (pool, times) => partitions.ensure(pool, times),
    storePoints,
    upkeepTroubles: () => Promise.resolve([]), // every write keeps the rollups right: there are no jobs
    buckets: ({ deviceId, metric, from, to, bucketMs, limit }) => ({
      text: bucketsFrom(rollupFor(bucketMs)),
      values: [deviceId, metric, from, to, bucketMs, limit],
    }),
  };
}
