import type { Pool } from 'pg';
import type { SeriesRange, UpkeepTrouble } from '../time-series.port.js';
import type { StorePoints } from './write-messages.js';

export interface BucketQuery extends SeriesRange {
  readonly bucketMs: number;
  readonly limit: number;
}

/** What differs between the engines that keep readings in tables. */
export interface ReadingEngine {
  /** Rejects when the engine cannot be reached, with TIME_SERIES_REFUSED when it must not be used. */
  ping(pool: Pool): Promise<void>;
  /** Makes room for readings of these times (ms), in transactions of its own. */
  makeRoom(pool: Pool, times: Iterable<number>): Promise<void>;
  readonly storePoints: StorePoints;
  upkeepTroubles(pool: Pool): Promise<readonly UpkeepTrouble[]>;
  buckets(query: BucketQuery): { readonly text: string; readonly values: readonly unknown[] };
}
