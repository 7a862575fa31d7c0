import { partitionOf } from '../partition-of.js';
import type { BusRecord } from '../message-bus.port.js';
import { refuseTooLargeRecord } from '../record-limit.js';
import type { Announcer } from './announcer.js';
import type { PostgresEngine } from './postgres-engine.js';
import { encodeBatches, encodeRecord, type ReadLimits } from './record-batches.js';
import { takeFlush, type PublishCall, type Slice } from './take-flush.js';

const rowLimits: ReadLimits = { records: 200, bytes: 512 * 1024 };

interface AppendedRow {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
}

/**
 * Group commit: calls that wait while another flush is on its way share the next transaction. A lone call is
 * flushed at once, so its latency is one commit.
 */
export class Publisher {
  readonly #waiting: PublishCall[] = [];
  readonly #flushing = new Set<Promise<void>>();
  readonly #busyPartitions = new Set<string>();
  #scheduled = false;

  constructor(
    private readonly engine: Pick<PostgresEngine, 'durable' | 'flushes'>,
    private readonly announcer: Pick<Announcer, 'announce'>,
  ) {}

  publish(topic: string, partitions: number, records: readonly BusRecord[]): Promise<void> {
    const slices = sliceByPartition(topic, partitions, records);
    if (slices.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ slices, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves when every call so far is settled. */
  async drain(): Promise<void> {
    while (this.#waiting.length > 0 || this.#flushing.size > 0) {
      this.#startFlushes();
      await Promise.race(this.#flushing);
    }
  }

  /** After this turn of the event loop, so that calls made together go together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#startFlushes();
    });
  }

  #startFlushes(): void {
    while (this.#flushing.size < this.engine.flushes) {
      const calls = takeFlush(this.#waiting, this.#busyPartitions);
      if (calls.length === 0) return;
      const flush = this.#flush(calls).finally(() => {
        this.#flushing.delete(flush);
        this.#startFlushes();
      });
      this.#flushing.add(flush);
    }
  }

  async #flush(calls: readonly PublishCall[]): Promise<void> {
    const partitions = byPartition(calls.flatMap(({ slices }) => slices));
    for (const { id } of partitions) this.#busyPartitions.add(id);
    try {
      const rows = await this.#append(partitions);
      for (const call of calls) call.resolve();
      this.announcer.announce(
        rows.map(({ topic, partition, next_offset }) => ({ topic, partition, nextOffset: Number(next_offset) })),
      );
    } catch (error) {
      for (const call of calls) call.reject(error);
    } finally {
      for (const { id } of partitions) this.#busyPartitions.delete(id);
    }
  }

  #append(partitions: readonly Slice[]): Promise<AppendedRow[]> {
    const rows = partitions.flatMap(({ topic, partition, records }) =>
      encodeBatches(records, rowLimits).map((batch) => ({ topic, partition, ...batch })),
    );
    return this.engine.durable<AppendedRow>('select * from append_batches($1, $2, $3, $4, $5)', [
      rows.map(({ topic }) => topic),
      rows.map(({ partition }) => partition),
      rows.map(({ count }) => count),
      rows.map(({ bytes }) => bytes),
      rows.map(({ records }) => records),
    ]);
  }
}

function sliceByPartition(topic: string, partitions: number, records: readonly BusRecord[]): Slice[] {
  const slices = new Map<number, string[]>();
  for (const record of records) {
    const partition = partitionOf(record.key, partitions);
    const slice = slices.get(partition) ?? [];
    slices.set(partition, slice);
    const encoded = encodeRecord(record);
    refuseTooLargeRecord(topic, record, encoded);
    slice.push(encoded);
  }
  return [...slices].map(([partition, encoded]) => ({ id: `${topic}/${partition}`, topic, partition, records: encoded }));
}

/** In one order for every publisher, so that two of them never wait for each other's rows. */
function byPartition(slices: readonly Slice[]): Slice[] {
  const merged = new Map<string, Slice & { records: string[] }>();
  for (const slice of slices) {
    const known = merged.get(slice.id);
    if (known === undefined) merged.set(slice.id, { ...slice, records: [...slice.records] });
    else for (const record of slice.records) known.records.push(record);
  }
  return [...merged.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
