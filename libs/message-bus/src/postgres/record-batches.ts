import type { BusRecord, DeliveredRecord } from '../message-bus.port.js';

/** Encoded one by one at publish, so that a record that is no JSON rejects its own call only. */
export function encodeRecord({ key, headers, value }: BusRecord): string {
  return JSON.stringify({ key, headers, value });
}

export interface BatchToWrite {
  readonly count: number;
  readonly bytes: number;
  readonly records: string;
}

/** Splits what goes to one partition into rows of bounded size: a reader takes whole rows. */
export function encodeBatches(records: readonly string[], limits: ReadLimits): BatchToWrite[] {
  const batches: BatchToWrite[] = [];
  let from = 0;
  let bytes = 0;
  records.forEach((record, index) => {
    const length = Buffer.byteLength(record);
    if (index > from && (index - from >= limits.records || bytes + length > limits.bytes)) {
      batches.push({ count: index - from, bytes, records: `[${records.slice(from, index).join(',')}]` });
      from = index;
      bytes = 0;
    }
    bytes += length;
  });
  batches.push({ count: records.length - from, bytes, records: `[${records.slice(from).join(',')}]` });
  return batches;
}

export interface ReadLimits {
  readonly records: number;
  readonly bytes: number;
}

export interface StoredBatch {
  readonly topic: string;
  readonly partition: number;
  readonly first_offset: string;
  readonly published_at: Date;
  readonly records: string;
}

export function decodeBatch(batch: StoredBatch, from: number): DeliveredRecord[] {
  const { topic, partition } = batch;
  const publishedAt = batch.published_at.toISOString();
  const first = Number(batch.first_offset);
  const records = JSON.parse(batch.records) as BusRecord[];
  return records
    .map((record, index) => ({ ...record, topic, partition, offset: first + index, publishedAt, attempt: 1 }))
    .slice(Math.max(0, from - first));
}
