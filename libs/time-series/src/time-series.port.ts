import type { MetricValue, TelemetryMessage } from '@brain/contracts';

/** Records of one partition of the bus, in order. */
export interface ConsumedBatch<Value> {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly { readonly offset: number; readonly value: Value }[];
}

/** What became of one message, in points (one metric at one instant). */
export interface MessageOutcome {
  readonly messageId: string;
  readonly stored: number;
  /** Points that were there already; the first value stays. */
  readonly duplicates: number;
  /** Those of the duplicates that came with another value. */
  readonly conflicting: number;
  /** Those of the stored that are older than the newest of their metric; the rollups are corrected. */
  readonly late: number;
  /** A resend, without a time of its own, of a message that is stored. All its points count as duplicates. */
  readonly resend: boolean;
}

export interface WriteResult {
  /** Records at or below the saved offset: they were written by an earlier delivery. */
  readonly skipped: number;
  /** One per record that was not skipped, in order. */
  readonly outcomes: readonly MessageOutcome[];
}

/** A refused message, to be counted for its device. */
export interface RefusalCount {
  readonly deviceId: string | null;
  readonly receivedAt: number;
}

export interface SeriesRange {
  readonly deviceId: string;
  readonly metric: string;
  /** Milliseconds, inclusive. */
  readonly from: number;
  /** Milliseconds, exclusive. */
  readonly to: number;
}

export interface Point {
  readonly ts: number;
  readonly value: MetricValue;
}

/** Numbers, and booleans as 0 and 1; text has no buckets. `from` is the start of the bucket. */
export interface Bucket {
  readonly from: number;
  readonly min: number;
  readonly max: number;
  readonly avg: number;
  readonly sum: number;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

export interface LatestValue extends Point {
  readonly deviceId: string;
  readonly metric: string;
}

/** What is not to be kept of a device. Milliseconds; null: without end on that side. */
export interface ForgottenReadings {
  readonly deviceId: string;
  /** Inclusive. */
  readonly from: number | null;
  /** Exclusive. */
  readonly to: number | null;
}

/** A background job of the engine that does not do its work. Readings are stored all the same; what it keeps in order is not. */
export interface UpkeepTrouble {
  /** The job, and the table it is for. */
  readonly job: string;
  /** `failed`: its last run ended in an error. `not-run`: it is due, and nothing runs it. */
  readonly kind: 'failed' | 'not-run';
  /** Milliseconds: its last success, or when it was due; null when it is not known. */
  readonly since: number | null;
  readonly error: string | null;
}

/** Messages of one device received in one minute. Always: received = stored + duplicates + refused. */
export interface IngestCount {
  /** null: refused messages that belong to no known device. */
  readonly deviceId: string | null;
  /** Start of the minute, milliseconds. */
  readonly minute: number;
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly refused: number;
}

export interface CountsQuery {
  readonly deviceIds?: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  /** Give only what comes after this one in the order (minute, device). */
  readonly after?: { readonly minute: number; readonly deviceId: string | null };
}

/**
 * Readings. Every adapter passes one conformance suite (`describeTimeSeries`).
 * A write is atomic with the offset it saves, so redelivery stores and counts nothing twice. A point is known by
 * (device, metric, time): the first value stays.
 */
export interface TimeSeries {
  write(batch: ConsumedBatch<TelemetryMessage>): Promise<WriteResult>;
  /** Counts refused messages, once per offset. */
  countRefused(batch: ConsumedBatch<RefusalCount>): Promise<void>;
  /** Oldest first, at most `limit`. */
  points(range: SeriesRange & { readonly limit: number }): Promise<readonly Point[]>;
  /**
   * Whole buckets, aligned to the epoch in UTC, from the one `from` lies in to the one before `to`; empty ones are
   * left out. Refuses with BUCKET_NOT_SUPPORTED what is not whole minutes.
   */
  buckets(range: SeriesRange & { readonly bucketMs: number; readonly limit: number }): Promise<readonly Bucket[]>;
  /** The newest value of every metric, in the order (device, metric). */
  latest(deviceIds: readonly string[]): Promise<readonly LatestValue[]>;
  counts(query: CountsQuery): Promise<readonly IngestCount[]>;
  /**
   * Deletes a device's readings of that time from everywhere but the counts, for ever: one that comes later is not
   * stored, and its message counts as a duplicate. Harmless to repeat. Writes wait meanwhile.
   */
  forget(readings: ForgottenReadings): Promise<void>;
  /** The engine's jobs that fail or are not run; empty for an engine without any. */
  upkeepTroubles(): Promise<readonly UpkeepTrouble[]>;
  /** Rejects when the engine cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Injection token. */
export const TIME_SERIES = Symbol('TimeSeries');
