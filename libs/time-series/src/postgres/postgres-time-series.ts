import pg from 'pg';
import type { MetricValue, TelemetryMessage } from '@brain/contracts';
import { rollupFor } from '../bucket.js';
import type { Bucket, ConsumedBatch, CountsQuery, IngestCount, LatestValue, Point, RefusalCount, SeriesRange, TimeSeries, WriteResult } from '../time-series.port.js';
import { Partitions } from './partitions.js';
import { bucketsFrom, COUNTS, LATEST, POINTS } from './query.sql.js';
import { refusalsOf, withOffset } from './consume.js';
import { writeMessages } from './write-messages.js';

type StoredValue = { readonly number: number | null; readonly flag: boolean | null; readonly text: string | null };

/**
 * Readings in native partitions by day, with rollups per minute, hour and day kept right by each write. The pool's
 * connections must have `schema` first in their search path.
 */
export class PostgresTimeSeries implements TimeSeries {
  private readonly partitions: Partitions;

  constructor(
    private readonly pool: pg.Pool,
    schema: string,
  ) {
    this.partitions = new Partitions(pool, schema);
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
