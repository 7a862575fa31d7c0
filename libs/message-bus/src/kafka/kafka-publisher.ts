import type { BusRecord } from '../message-bus.port.js';
import { partitionOf } from '../partition-of.js';
import { maxMessageBytesOf, refuseTooLarge } from '../record-limit.js';
import type { FreshProducer } from './fresh-producer.js';
import { busError } from './kafka-errors.js';
import { PartitionOutbox, type PublishCall } from './partition-outbox.js';
import { encodeRecord, type EncodedRecord } from './record-codec.js';
import type { TopicLayout, TopicLayouts } from './topic-layouts.js';

/** Group commit: the records of all waiting calls share record batches, one on its way per partition. */
export class KafkaPublisher {
  readonly #outboxes = new Map<string, PartitionOutbox>();

  constructor(
    private readonly producer: FreshProducer,
    private readonly layouts: TopicLayouts,
    private readonly physical: (topic: string) => string,
    private readonly batchBytes: number,
  ) {}

  async publish(topic: string, records: readonly BusRecord[]): Promise<void> {
    const encoded = records.map(encodeRecord);
    const layout = await this.layouts.of(topic);
    const maxBytes = Math.min(layout.maxBytes, maxMessageBytesOf(topic));
    for (const { key, bytes } of encoded) refuseTooLarge(topic, key, bytes, maxBytes);
    if (encoded.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      const call: PublishCall = { waiting: encoded.length, failed: false, resolve, reject };
      for (const record of encoded) this.#outbox(topic, partitionOf(record.key, layout.partitions), layout).add(record, call);
    });
  }

  /** Resolves once nothing waits. */
  async drain(): Promise<void> {
    await Promise.all([...this.#outboxes.values()].map((outbox) => outbox.drained()));
  }

  #outbox(topic: string, partition: number, { maxBytes }: TopicLayout): PartitionOutbox {
    const id = `${topic}/${String(partition)}`;
    const known = this.#outboxes.get(id);
    if (known !== undefined) return known;
    const outbox = new PartitionOutbox(Math.min(this.batchBytes, maxBytes), (batch) => this.#send(topic, partition, batch));
    this.#outboxes.set(id, outbox);
    return outbox;
  }

  async #send(topic: string, partition: number, batch: readonly EncodedRecord[]): Promise<void> {
    try {
      await this.producer.send(this.physical(topic), partition, batch);
    } catch (error) {
      throw busError(error);
    }
  }
}
