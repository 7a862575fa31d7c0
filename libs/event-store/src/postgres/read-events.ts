import type { Pool } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { START_POSITION, type StorePart } from '../event-store.port.js';
import type { Wanted } from '../wakeups.js';
import { EVENT_COLUMNS, eventOf, partsOf, positionOf, type EventRow } from './event-row.js';

export interface Horizon {
  /** The newest event that no open transaction can still put one before. */
  readonly position: string;
  /** Wanted events are committed beyond it, and wait for an older transaction to end. */
  readonly isHeldBack: boolean;
}

const WANTED = '($1::text[] IS NULL OR type = ANY($1)) AND ($2::text IS NULL OR source = $2)';
const OLDEST_OPEN = 'pg_snapshot_xmin(pg_current_snapshot())';

/**
 * How far the store may be read. A transaction takes its id when it first writes and may commit late; below the
 * oldest id still open, nothing new can appear.
 */
export async function readHorizon(pool: Pool, table: string, { types, source }: Wanted = {}): Promise<Horizon> {
  const { rows } = await pool.query<{ transaction_id: string | null; position: string | null; held_back: boolean }>({
    name: 'horizon',
    text: `SELECT stable.transaction_id, stable.position,
                  EXISTS (SELECT FROM ${table} WHERE transaction_id >= ${OLDEST_OPEN} AND ${WANTED}) AS held_back
           FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
             SELECT transaction_id, position FROM ${table} WHERE transaction_id < ${OLDEST_OPEN}
             ORDER BY transaction_id DESC, position DESC LIMIT 1
           ) AS stable ON true`,
    values: [types ?? null, source ?? null],
  });
  const [row] = rows;
  if (row === undefined) throw new Error('The horizon query gave no row');
  const { transaction_id, position } = row;
  const isEmpty = transaction_id === null || position === null;
  return { position: isEmpty ? START_POSITION : positionOf({ transaction_id, position }), isHeldBack: row.held_back };
}

/** The last of all committed events in the order of the store, though an open transaction may still put some before it. */
export async function readNewest(pool: Pool, table: string): Promise<string> {
  const { rows } = await pool.query<Pick<EventRow, 'transaction_id' | 'position'>>({
    name: 'newest',
    text: `SELECT transaction_id, position FROM ${table} ORDER BY transaction_id DESC, position DESC LIMIT 1`,
  });
  const [newest] = rows;
  return newest === undefined ? START_POSITION : positionOf(newest);
}

/** Up to `limit` events after one position until another, both below the horizon. */
export async function readPage(
  pool: Pool,
  table: string,
  options: StorePart & { readonly until: string },
  limit: number,
): Promise<readonly StoredEvent[]> {
  const { after, until, types, source } = options;
  const { rows } = await pool.query<EventRow>({
    name: 'page',
    text: `SELECT ${EVENT_COLUMNS} FROM ${table}
           WHERE (transaction_id, position) > ($3::xid8, $4::bigint) AND (transaction_id, position) <= ($5::xid8, $6::bigint)
             AND ${WANTED}
           ORDER BY transaction_id, position LIMIT $7`,
    values: [types ?? null, source ?? null, ...partsOf(after), ...partsOf(until), limit],
  });
  return rows.map(eventOf);
}

export async function readStreamPage(
  pool: Pool,
  table: string,
  streamId: string,
  page: { readonly direction: 'forwards' | 'backwards'; readonly from: number; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  const [comparison, order] = page.direction === 'forwards' ? ['>=', 'ASC'] : ['<=', 'DESC'];
  const { rows } = await pool.query<EventRow>({
    name: `stream-${page.direction}`,
    text: `SELECT ${EVENT_COLUMNS} FROM ${table} WHERE stream_id = $1 AND revision ${comparison} $2
           ORDER BY revision ${order} LIMIT $3`,
    values: [streamId, page.from, page.limit],
  });
  return rows.map(eventOf);
}
