import pg from 'pg';
import type { MetricValue, TelemetryMessage } from '@brain/contracts';
import { rollupFor } from '../bucket.js';
import type { Bucket, ConsumedBatch, CountsQuery, IngestCount, LatestValue, Point, RefusalCount, SeriesRange, TimeSeries, WriteResult } from '../time-series.port.js';
import { Partitions } from './partitions.js';
import { bucketsFrom, COUNTS, LATEST, POINTS } from './query.sql.js';
import { TIME_SERIES_SCHEMA } from './install.js';
import { refusalsOf, withOffset } from './consume.js';
import { writeMessages } from './write-messages.js';

type StoredValue = { readonly number: number | null; readonly flag: boolean | null; readonly text: string | null };

export interface PostgresTimeSeriesOptions {
  readonly connectionString: string;
  /** Default `time_series`; made by `installTimeSeries`. */
  readonly schema?: string;
  /** Connections at most. Default 4. */
  readonly poolSize?: number;
  readonly applicationName?: string;
  /** A connection that broke while nobody used it; the next query gets a new one. */
  readonly onError?: (error: Error) => void;
}

/** Readings in native partitions by day, with rollups per minute, hour and day kept right by each write. */
export class PostgresTimeSeries implements TimeSeries {
  private readonly pool: pg.Pool;
  private readonly partitions: Partitions;

  constructor({ connectionString, schema = TIME_SERIES_SCHEMA, poolSize = 4, applicationName, onError }: PostgresTimeSeriesOptions) {
    this.pool = new pg.Pool({
      connectionString,
      max: poolSize,
      options: `-c search_path=${schema}`,
      application_name: applicationName ?? schema,
      connectionTimeoutMillis: 10_000,
    });
    this.pool.on('error', onError ?? (() => undefined));
    this.partitions = new Partitions(this.pool);
  }

  async ping(): Promise<void> {
    await this.pool.query('SELECT next_offset FROM ingest_offset LIMIT 1');
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async write(batch: ConsumedBatch<TelemetryMessage>): Promise<WriteResult> {
    await this.partitions.ensure(batch.records.flatMap(({ value }) => value.readings.map(({ ts }) => ts)));
    return withOffset(this.pool, batch, writeMessages);
  }

  async countRefused(batch: ConsumedBatch<RefusalCount>): Promise<void> {
    await withOffset(this.pool, batch, refusalsOf);
  }

  async points({ deviceId, metric, from, to, limit }: SeriesRange & { readonly limit: number }): Promise<readonly Point[]> {
    const { rows } = await this.pool.query<StoredValue & { ts: number }>(POINTS, [deviceId, metric, from, to, limit]);
    return rows.map((row) => ({ ts: row.ts, value: valueOf(row) }));
  }

  async buckets(query: SeriesRange & { readonly bucketMs: number; readonly limit: number }): Promise<readonly Bucket[]> {
    const { deviceId, metric, from, to, bucketMs, limit } = query;
    const { rows } = await this.pool.query<Bucket>(bucketsFrom(rollupFor(bucketMs)), [deviceId, metric, from, to, bucketMs, limit]);
    return rows;
  }

  async latest(deviceIds: readonly string[]): Promise<readonly LatestValue[]> {
    const { rows } = await this.pool.query<StoredValue & Omit<LatestValue, 'value'>>(LATEST, [deviceIds]);
    return rows.map((row) => ({ deviceId: row.deviceId, metric: row.metric, ts: row.ts, value: valueOf(row) }));
  }

  async counts({ deviceIds, from, to, after, limit }: CountsQuery): Promise<readonly IngestCount[]> {
    const parameters = [deviceIds ?? null, from, to, after?.minute ?? null, after?.deviceId ?? null, limit];
    const { rows } = await this.pool.query<IngestCount>(COUNTS, parameters);
    return rows;
  }
}

function valueOf({ number, flag, text }: StoredValue): MetricValue {
  return number ?? flag ?? text ?? '';
}
