import { DomainError } from '@brain/contracts';
import type { BusRecord } from './message-bus.port.js';
import { deadLetterTopics, topicCatalogue } from './topic-catalogue.js';

/** Lengths, time and offset of a record in a batch of Kafka, at their longest. */
const recordOverhead = 36;
const headerOverhead = 10;
/** The head of a record batch. */
export const batchOverhead = 61;
const defaultMaxBytes = 1024 * 1024;
/** UTF-8 bytes of one UTF-16 code unit. */
const widest = 3;

/** The largest batch, and so the largest record with its head, that a topic takes. */
export function maxMessageBytesOf(topic: string): number {
  const known = [...topicCatalogue, ...deadLetterTopics].find(({ name }) => name === topic);
  return known?.maxMessageBytes ?? defaultMaxBytes;
}

/** The most a record can take of a record batch of Kafka: one measure for all engines, so that all take the same. */
export function recordBytes({ key, headers }: Pick<BusRecord, 'key' | 'headers'>, json: string): number {
  const headerBytes = Object.entries(headers).reduce(
    (sum, [name, text]) => sum + headerOverhead + Buffer.byteLength(name) + Buffer.byteLength(text),
    0,
  );
  return recordOverhead + Buffer.byteLength(key) + Buffer.byteLength(json) + headerBytes;
}

export function refuseTooLarge(topic: string, key: string, bytes: number, maxBytes = maxMessageBytesOf(topic)): void {
  const limit = maxBytes - batchOverhead;
  if (bytes <= limit) return;
  const sizes = `${String(bytes)} bytes, and ${topic} takes at most ${String(limit)}`;
  throw new DomainError('MESSAGE_TOO_LARGE', `A record of ${key} has ${sizes}`);
}

/** For engines that do not need the measure themselves: only what may be too large is measured. `json` is all of it. */
export function refuseTooLargeRecord(topic: string, record: BusRecord, json: string): void {
  const atMost = json.length * widest + Object.keys(record.headers).length * headerOverhead + recordOverhead;
  if (atMost <= defaultMaxBytes - batchOverhead) return;
  refuseTooLarge(topic, record.key, recordBytes(record, JSON.stringify(record.value)));
}
