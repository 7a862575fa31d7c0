import type { Pool } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { PendingAppend } from './append-queue.js';
import { EVENT_COLUMNS, eventOf, type EventRow } from './event-row.js';
import { insertEvents, type NewRow } from './insert-events.js';
import { planGroup, type GroupPlan } from './plan-group.js';

const MAX_ATTEMPTS = 5;
const UNIQUE_VIOLATION = '23505';

/**
 * Writes a group in one transaction and settles every append of it. Most appends name the revision they expect and
 * get what they want, so that is tried first, in one statement; what is left over is looked at closely.
 */
export async function appendGroup(pool: Pool, table: string, group: readonly PendingAppend[]): Promise<void> {
  const rows = rowsToTry(group);
  let stored: ReadonlyMap<string, StoredEvent> = new Map();
  try {
    stored = await insertEvents(pool, table, [...rows.values()].flat());
  } catch {
    // One of them spoilt it for all: found out below, where each gets its own answer.
  }
  const leftOver = group.filter((pending) => !resolveStored(pending, rows.get(pending) ?? [], stored));
  if (leftOver.length > 0) await appendCarefully(pool, table, leftOver);
}

/** Appends that can be checked where they are written: a known revision, and streams that nobody else in the group has. */
function rowsToTry(group: readonly PendingAppend[]): ReadonlyMap<PendingAppend, readonly NewRow[]> {
  const uses = new Map<string, number>();
  for (const { appends } of group) for (const { streamId } of appends) uses.set(streamId, (uses.get(streamId) ?? 0) + 1);
  return new Map(
    group
      .filter(({ appends }) => appends.every((one) => one.expectedRevision !== 'any' && one.events.length > 0 && uses.get(one.streamId) === 1))
      .map((pending, append) => [
        pending,
        pending.appends.flatMap(({ streamId, expectedRevision, events }) => {
          const head = typeof expectedRevision === 'number' ? expectedRevision : -1;
          return events.map((event, index): NewRow => ({ streamId, revision: head + 1 + index, event, head, append }));
        }),
      ]),
  );
}

/**
 * Heads are read, everything is decided, and then written. When another process was faster at a stream or an event
 * id, it is read and decided again; any other failure is found out one append at a time.
 */
async function appendCarefully(pool: Pool, table: string, group: readonly PendingAppend[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const plan = planGroup(group, await readHeads(pool, table, group), await readStored(pool, table, group));
      await carryOut(pool, table, plan);
      if (plan.later.length > 0) await appendCarefully(pool, table, plan.later);
      return;
    } catch (error) {
      if (isUniqueViolation(error) && attempt < MAX_ATTEMPTS) continue;
      if (group.length === 1) group[0]?.reject(error);
      else for (const pending of group) await appendCarefully(pool, table, [pending]);
      return;
    }
  }
}

async function carryOut(pool: Pool, table: string, { writes, repeats, refusals }: GroupPlan): Promise<void> {
  const stored = await insertEvents(pool, table, writes.flatMap(({ rows }) => rows));
  for (const { pending, rows } of writes) {
    if (rows.length === 0) pending.resolve({ events: [], repeated: false });
    else resolveStored(pending, rows, stored);
  }
  for (const { pending, result } of repeats) pending.resolve(result);
  for (const { pending, error } of refusals) pending.reject(error);
}

function resolveStored(pending: PendingAppend, rows: readonly NewRow[], stored: ReadonlyMap<string, StoredEvent>): boolean {
  const events = rows.map(({ event }) => stored.get(event.eventId)).filter((event) => event !== undefined);
  if (events.length === 0) return false;
  pending.resolve({ events, repeated: false });
  return true;
}

async function readHeads(pool: Pool, table: string, group: readonly PendingAppend[]): Promise<ReadonlyMap<string, number>> {
  const streams = new Set(group.flatMap(({ appends }) => appends.map(({ streamId }) => streamId)));
  const { rows } = await pool.query<{ stream_id: string; revision: string }>(
    `SELECT wanted.stream_id, head.revision FROM unnest($1::text[]) AS wanted (stream_id), LATERAL (
       SELECT revision FROM ${table} AS event WHERE event.stream_id = wanted.stream_id ORDER BY revision DESC LIMIT 1
     ) AS head`,
    [[...streams]],
  );
  return new Map(rows.map((row) => [row.stream_id, Number(row.revision)]));
}

async function readStored(pool: Pool, table: string, group: readonly PendingAppend[]): Promise<ReadonlyMap<string, StoredEvent>> {
  const ids = group.flatMap(({ appends }) => appends.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  const { rows } = await pool.query<EventRow>(`SELECT ${EVENT_COLUMNS} FROM ${table} WHERE event_id = ANY($1)`, [ids]);
  return new Map(rows.map((row) => [row.event_id, eventOf(row)]));
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
}
