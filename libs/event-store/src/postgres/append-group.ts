import type { Pool } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { PendingAppend } from './append-queue.js';
import { EVENT_COLUMNS, eventOf, positionOf, type EventRow } from './event-row.js';
import { planGroup, type GroupPlan, type NewRow } from './plan-group.js';

const MAX_ATTEMPTS = 5;
const UNIQUE_VIOLATION = '23505';

/**
 * Writes a group in one transaction and settles every append of it. When another process was faster at a stream or
 * an event id, everything is read and decided again; any other failure is found out one append at a time.
 */
export async function appendGroup(pool: Pool, table: string, group: readonly PendingAppend[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const plan = await planOf(pool, table, group, attempt);
      await carryOut(pool, table, plan);
      if (plan.later.length > 0) await appendGroup(pool, table, plan.later);
      return;
    } catch (error) {
      if (isUniqueViolation(error) && attempt < MAX_ATTEMPTS) continue;
      if (group.length === 1) group[0]?.reject(error);
      else for (const pending of group) await appendGroup(pool, table, [pending]);
      return;
    }
  }
}

/** Event ids are looked up only where something does not fit: a repeat always comes too late for its revision or its id. */
async function planOf(pool: Pool, table: string, group: readonly PendingAppend[], attempt: number): Promise<GroupPlan> {
  const heads = await readHeads(pool, table, group);
  const plan = planGroup(group, heads, new Map());
  if (plan.refusals.length === 0 && attempt === 1) return plan;
  return planGroup(group, heads, await readStored(pool, table, group));
}

async function carryOut(pool: Pool, table: string, { writes, repeats, refusals }: GroupPlan): Promise<void> {
  const rows = writes.flatMap((write) => write.rows);
  const stored = rows.length === 0 ? new Map<string, StoredEvent>() : await insert(pool, table, rows);
  for (const { pending, rows: own } of writes) {
    const events = own.map(({ event }) => stored.get(event.eventId)).filter((event) => event !== undefined);
    pending.resolve({ events, repeated: false });
  }
  for (const { pending, result } of repeats) pending.resolve(result);
  for (const { pending, error } of refusals) pending.reject(error);
}

async function readHeads(pool: Pool, table: string, group: readonly PendingAppend[]): Promise<Map<string, number>> {
  const streams = new Set(group.flatMap(({ appends }) => appends.map(({ streamId }) => streamId)));
  const { rows } = await pool.query<{ stream_id: string; revision: string }>({
    name: 'stream-heads',
    text: `SELECT wanted.stream_id, head.revision FROM unnest($1::text[]) AS wanted (stream_id), LATERAL (
             SELECT revision FROM ${table} AS event WHERE event.stream_id = wanted.stream_id ORDER BY revision DESC LIMIT 1
           ) AS head`,
    values: [[...streams]],
  });
  return new Map(rows.map((row) => [row.stream_id, Number(row.revision)]));
}

async function readStored(pool: Pool, table: string, group: readonly PendingAppend[]): Promise<Map<string, StoredEvent>> {
  const ids = group.flatMap(({ appends }) => appends.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  const { rows } = await pool.query<EventRow>(`SELECT ${EVENT_COLUMNS} FROM ${table} WHERE event_id = ANY($1)`, [ids]);
  return new Map(rows.map((row) => [row.event_id, eventOf(row)]));
}

type InsertedRow = Pick<EventRow, 'event_id' | 'transaction_id' | 'position' | 'recorded_at'>;

async function insert(pool: Pool, table: string, rows: readonly NewRow[]): Promise<Map<string, StoredEvent>> {
  const data = rows.map(({ event }) => JSON.stringify(event.data));
  const metadata = rows.map(({ event }) => JSON.stringify(event.metadata));
  const { rows: inserted } = await pool.query<InsertedRow>({
    name: 'append',
    text: `INSERT INTO ${table} (stream_id, revision, event_id, type, data, metadata)
           SELECT stream_id, revision, event_id, type, data::json, metadata::json
           FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
             WITH ORDINALITY AS new (stream_id, revision, event_id, type, data, metadata, place)
           ORDER BY place
           RETURNING event_id, transaction_id, position, recorded_at`,
    values: [
      rows.map(({ streamId }) => streamId),
      rows.map(({ revision }) => revision),
      rows.map(({ event }) => event.eventId),
      rows.map(({ event }) => event.type),
      data,
      metadata,
    ],
  });
  const byId = new Map(inserted.map((row) => [row.event_id, row]));
  return new Map(
    rows.flatMap(({ streamId, revision, event: { eventId, type } }, index) => {
      const row = byId.get(eventId);
      if (row === undefined) return [];
      // What is answered is what a reader will get, not the caller's objects.
      const plain = { data: JSON.parse(data[index] ?? '') as StoredEvent['data'], metadata: JSON.parse(metadata[index] ?? '') as StoredEvent['metadata'] };
      const place = { position: positionOf(row), recordedAt: row.recorded_at.toISOString() };
      return [[eventId, { eventId, streamId, revision, type, ...plain, ...place }]];
    }),
  );
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
}
