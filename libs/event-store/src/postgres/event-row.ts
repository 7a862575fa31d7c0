import type { EventMetadata, StoredEvent } from '@brain/contracts';

/** A row of `event` as the driver gives it: 64-bit numbers as text, json parsed. */
export interface EventRow {
  readonly transaction_id: string;
  readonly position: string;
  readonly stream_id: string;
  readonly revision: string;
  readonly event_id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: EventMetadata;
  readonly recorded_at: Date;
}

export const EVENT_COLUMNS = 'transaction_id, position, stream_id, revision, event_id, type, data, metadata, recorded_at';

export function eventOf(row: EventRow): StoredEvent {
  return {
    eventId: row.event_id,
    streamId: row.stream_id,
    revision: Number(row.revision),
    position: positionOf(row),
    type: row.type,
    data: row.data,
    metadata: row.metadata,
    recordedAt: row.recorded_at.toISOString(),
  };
}

/** Both numbers with leading zeros, so that positions sort as text. */
export function positionOf({ transaction_id, position }: Pick<EventRow, 'transaction_id' | 'position'>): string {
  return `${transaction_id.padStart(20, '0')}-${position.padStart(20, '0')}`;
}

/** `[transaction_id, position]`; START_POSITION is before everything. */
export function partsOf(position: string): readonly [string, string] {
  const [transactionId = '', inside = ''] = position.split('-');
  // BigInt takes the zeros off: PostgreSQL would read them as octal.
  return [BigInt(transactionId).toString(), BigInt(inside).toString()];
}
