import type { BusRecord, DeliveredRecord } from '../message-bus.port.js';
import { recordBytes } from '../record-limit.js';
import type { FetchedMessage } from './kafka-cluster.js';

export interface EncodedRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The most it can take of a record batch. */
  readonly bytes: number;
}

/** CloudEvents binary mode as it stands: the headers are the attributes, the value is the data as JSON. */
export function encodeRecord({ key, headers, value }: BusRecord): EncodedRecord {
  // A record without a value would be a tombstone on a compacted topic.
  const json = (JSON.stringify(value) as string | undefined) ?? 'null';
  return { key, value: json, headers, bytes: recordBytes({ key, headers }, json) };
}

export function decodeRecord(topic: string, partition: number, message: FetchedMessage): DeliveredRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key?.toString('utf8') ?? '',
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, headerText(value)])),
    value: parseJson(message.value),
    publishedAt: new Date(Number(message.timestamp)).toISOString(),
    attempt: 1,
  };
}

function headerText(value: FetchedMessage['headers'][string]): string {
  const [first] = Array.isArray(value) ? value : [value];
  return typeof first === 'string' ? first : (first?.toString('utf8') ?? '');
}

/** Somebody else's record may be anything: the handler's schema refuses it, and it becomes a dead letter. */
function parseJson(value: Buffer | null): unknown {
  if (value === null) return null;
  const text = value.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
