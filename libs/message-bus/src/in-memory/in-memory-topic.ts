import type { BusRecord, DeliveredRecord } from '../message-bus.port.js';
import { partitionOf } from '../partition-of.js';
import { refuseTooLargeRecord } from '../record-limit.js';

interface StoredRecord {
  /** Text, so that handlers get what the wire would give them and share nothing with the publisher. */
  readonly json: string;
  readonly publishedAt: string;
}

export class InMemoryTopic {
  readonly #partitions: StoredRecord[][];

  constructor(
    readonly name: string,
    partitions: number,
  ) {
    this.#partitions = Array.from({ length: partitions }, () => []);
  }

  get partitions(): number {
    return this.#partitions.length;
  }

  append(records: readonly BusRecord[], publishedAt: string): void {
    const encoded = records.map(({ key, headers, value }) => ({ key, json: JSON.stringify({ key, headers, value }) }));
    for (const [index, record] of records.entries()) refuseTooLargeRecord(this.name, record, encoded[index]?.json ?? '');
    for (const { key, json } of encoded) {
      this.#partition(partitionOf(key, this.partitions)).push({ json, publishedAt });
    }
  }

  end(partition: number): number {
    return this.#partition(partition).length;
  }

  read(partition: number, from: number, limit: number): readonly DeliveredRecord[] {
    return this.#partition(partition)
      .slice(from, from + limit)
      .map(({ json, publishedAt }, index) => ({
        ...(JSON.parse(json) as BusRecord),
        topic: this.name,
        partition,
        offset: from + index,
        publishedAt,
        attempt: 1,
      }));
  }

  #partition(partition: number): StoredRecord[] {
    const stored = this.#partitions[partition];
    if (stored === undefined) throw new Error(`Topic ${this.name} has no partition ${partition}`);
    return stored;
  }
}
