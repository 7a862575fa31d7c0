import { jsonEvent, type EventData } from '@eventstore/db-client';
import { DomainError, type EventMetadata, type StoredEvent } from '@brain/contracts';
import type { NewEvent } from '../event-store.port.js';
import { textOf } from './all-position.js';

/** What the client gives for an event read from a stream or from `$all`. */
export interface ReadRecord {
  readonly id: string;
  readonly streamId: string;
  readonly revision: bigint;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly created: Date;
  readonly position?: { readonly commit: bigint; readonly prepare: bigint } | undefined;
}

/** Beside our metadata: the store's own two conventions, and which call of `append` wrote the event. */
interface RecordMetadata extends EventMetadata {
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly appendId: string;
  /** Of an event that was copied from another store: when it was recorded there. */
  readonly recordedAt?: string;
}

const BESIDE_OURS: ReadonlySet<string> = new Set(['$correlationId', '$causationId', 'appendId', 'recordedAt']);
const NO_POSITION = 2n ** 64n - 1n;

export function eventDataOf({ eventId, type, data, metadata }: NewEvent, appendId: string): EventData {
  const { correlationId: $correlationId, causationId: $causationId } = metadata;
  return jsonEvent({ id: eventId, type, data, metadata: { ...metadata, $correlationId, $causationId, appendId } });
}

/** As it was recorded elsewhere, with the time of that. */
export function copiedEventDataOf({ eventId, type, data, metadata, recordedAt }: StoredEvent): EventData {
  const { correlationId: $correlationId, causationId: $causationId } = metadata;
  return jsonEvent({ id: eventId, type, data, metadata: { ...metadata, $correlationId, $causationId, appendId: 'copied', recordedAt } });
}

/** Undefined when the product did not write it: the server's own events, and those of others who share the server. */
export function storedEventOf(record: ReadRecord): StoredEvent | undefined {
  if (!isOurs(record)) return undefined;
  return {
    eventId: record.id,
    streamId: record.streamId,
    revision: Number(record.revision),
    position: recordPosition(record),
    type: record.type,
    data: record.data as StoredEvent['data'],
    metadata: ourMetadata(record.metadata),
    recordedAt: record.metadata.recordedAt ?? record.created.toISOString(),
  };
}

export function wasWrittenBy(record: ReadRecord, appendId: string): boolean {
  return isOurs(record) && record.metadata.appendId === appendId;
}

export function recordPosition({ position }: ReadRecord): string {
  if (position === undefined || position.commit === NO_POSITION) {
    throw new DomainError('EVENT_STORE_REFUSED', 'The server gives events without a position: use EventStoreDB 23.10 or newer, or KurrentDB');
  }
  return textOf(position);
}

/** As it was given, the order of its keys included. */
function ourMetadata(stored: RecordMetadata): EventMetadata {
  const kept = Object.entries<unknown>({ ...stored }).filter(([name]) => !BESIDE_OURS.has(name));
  return Object.fromEntries(kept) as unknown as EventMetadata;
}

function isOurs(record: ReadRecord): record is ReadRecord & { readonly metadata: RecordMetadata } {
  const { type, isJson, metadata } = record;
  if (type.startsWith('$') || !isJson || typeof metadata !== 'object' || metadata === null) return false;
  return 'appendId' in metadata && 'source' in metadata;
}
