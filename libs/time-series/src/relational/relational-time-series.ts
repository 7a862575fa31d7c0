import pg from 'pg';
import type { MetricValue, TelemetryMessage } from '@brain/contracts';
import type { Bucket, ConsumedBatch, CountsQuery, ForgottenReadings, IngestCount, LatestValue, Point, RefusalCount, SeriesRange, TimeSeries, UpkeepTrouble, WriteResult } from '../time-series.port.js';
import { refusalsOf, withOffset } from './consume.js';
import { forget } from './forgotten.js';
import { TIME_SERIES_SCHEMA } from './ingest-tables.js';
import type { BucketQuery, ReadingEngine } from './reading-engine.js';
import { COUNTS, LATEST, POINTS } from './reading-query.sql.js';
import { refusedBy } from './refused-by.js';
import { writeMessages } from './write-messages.js';

type StoredValue = { readonly number: number | null; readonly flag: boolean | null; readonly text: string | null };

export interface RelationalTimeSeriesOptions {
  readonly connectionString: string;
  /** Default `time_series`; made by the installation. */
  readonly schema?: string;
  /** Connections at most. Default 4. */
  readonly poolSize?: number;
  readonly applicationName?: string;
  /** A connection that broke while nobody used it; the next query gets a new one. */
  readonly onError?: (error: Error) => void;
}

/** What is the same wherever readings are tables: offsets, counts, newest values, points. */
export class RelationalTimeSeries implements TimeSeries {
  private readonly pool: pg.Pool;

  constructor(
    private readonly engine: ReadingEngine,
    { connectionString, schema = TIME_SERIES_SCHEMA, poolSize = 4, applicationName, onError }: RelationalTimeSeriesOptions,
  ) {
    this.pool = new pg.Pool({
      connectionString,
      // Opening one costs more than many queries: those of a burst stay for the next, for a minute.
      max: poolSize,
      idleTimeoutMillis: 60_000,
      options: `-c search_path=${schema}`,
      application_name: applicationName ?? schema,
      connectionTimeoutMillis: 10_000,
    });
    this.pool.on('error', onError ?? (() => undefined));
    // One that breaks between two queries of a transaction says so at the next.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async ping(): Promise<void> {
    try {
      await this.engine.ping(this.pool);
    } catch (error) {
      throw refusedBy(error);
    }
  }

  upkeepTroubles(): Promise<readonly UpkeepTrouble[]> {
    return this.engine.upkeepTroubles(this.pool);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async write(batch: ConsumedBatch<TelemetryMessage>): Promise<WriteResult> {
    await this.engine.makeRoom(this.pool, batch.records.flatMap(({ value }) => value.readings.map(({ ts }) => ts)));
    return withOffset(this.pool, batch, (client, messages) => writeMessages(client, messages, this.engine.storePoints));
  }

  async countRefused(batch: ConsumedBatch<RefusalCount>): Promise<void> {
    await withOffset(this.pool, batch, refusalsOf);
  }

  forget(readings: ForgottenReadings): Promise<void> {
    return forget(this.pool, readings);
  }

  async points({ deviceId, metric, from, to, limit }: SeriesRange & { readonly limit: number }): Promise<readonly Point[]> {
    const { rows } = await this.pool.query<StoredValue & { ts: number }>(POINTS, [deviceId, metric, from, to, limit]);
    return rows.map((row) => ({ ts: row.ts, value: valueOf(row) }));
  }

  async buckets(query: BucketQuery): Promise<readonly Bucket[]> {
    const { text, values } = this.engine.buckets(query);
    const { rows } = await this.pool.query<Bucket>(text, [...values]);
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
