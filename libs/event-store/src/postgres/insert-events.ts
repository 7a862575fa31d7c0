import type { Pool } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { NewEvent } from '../event-store.port.js';
import { positionOf, type EventRow } from './event-row.js';

export interface NewRow {
  readonly streamId: string;
  readonly revision: number;
  readonly event: NewEvent;
  /** The last revision its stream must have, -1 for none; null: known already. */
  readonly head: number | null;
  /** Rows of one append go in together or not at all. */
  readonly append: number;
}

/**
 * One statement, so one transaction and one round trip. Appends of which a stream is elsewhere than expected are
 * left out, and so missing in the answer; the answer is by event id.
 */
export async function insertEvents(pool: Pool, table: string, rows: readonly NewRow[]): Promise<ReadonlyMap<string, StoredEvent>> {
  if (rows.length === 0) return new Map();
  const data = rows.map(({ event }) => JSON.stringify(event.data));
  const metadata = rows.map(({ event }) => JSON.stringify(event.metadata));
  const { rows: inserted } = await pool.query<InsertedRow>({
    name: 'append',
    text: sqlFor(table),
    values: [
      rows.map(({ streamId }) => streamId),
      rows.map(({ revision }) => revision),
      rows.map(({ event }) => event.eventId),
      rows.map(({ event }) => event.type),
      data,
      metadata,
      rows.map(({ head }) => head),
      rows.map(({ append }) => append),
    ],
  });
  const byId = new Map(inserted.map((row) => [row.event_id, row]));
  return new Map(
    rows.flatMap((row, index) => {
      const answer = byId.get(row.event.eventId);
      return answer === undefined ? [] : [[row.event.eventId, storedEvent(row, data[index] ?? '', metadata[index] ?? '', answer)]];
    }),
  );
}

type InsertedRow = Pick<EventRow, 'event_id' | 'transaction_id' | 'position' | 'recorded_at'>;

function sqlFor(table: string): string {
  return `
    INSERT INTO ${table} (stream_id, revision, event_id, type, data, metadata)
    SELECT stream_id, revision, event_id, type, data::json, metadata::json
    FROM (
      SELECT new.*, bool_and(head IS NULL OR head = coalesce((
               SELECT stored.revision FROM ${table} AS stored WHERE stored.stream_id = new.stream_id
               ORDER BY stored.revision DESC LIMIT 1
             ), -1)) OVER (PARTITION BY append) AS fits
      FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::int[])
        WITH ORDINALITY AS new (stream_id, revision, event_id, type, data, metadata, head, append, place)
    ) AS checked
    WHERE fits ORDER BY place
    RETURNING event_id, transaction_id, position, recorded_at`;
}

/** What a reader will get, not the caller's own objects. */
function storedEvent({ streamId, revision, event }: NewRow, data: string, metadata: string, row: InsertedRow): StoredEvent {
  return {
    eventId: event.eventId,
    streamId,
    revision,
    position: positionOf(row),
    type: event.type,
    data: JSON.parse(data) as StoredEvent['data'],
    metadata: JSON.parse(metadata) as StoredEvent['metadata'],
    recordedAt: row.recorded_at.toISOString(),
  };
}
