import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { writeStates, type KeptTable, type RowState } from '../past/write-states.js';

/** A table whose past is kept, with a row for each thing that is folded from its own events. */
export interface FoldedRows<State> extends KeptTable {
  readonly idOf: (stored: StoredEvent) => string;
  readonly read: (sql: ClientBase, ids: readonly string[]) => Promise<ReadonlyMap<string, State>>;
  /** undefined: the event makes no row. */
  readonly fold: (state: State | undefined, stored: StoredEvent) => State | undefined;
  /** Always the same columns; JSON as it is. */
  readonly row: (state: State, stored: StoredEvent) => Readonly<Record<string, unknown>>;
  /** What an event does to the table besides, after its row is written. */
  readonly besides?: {
    readonly isOf: (stored: StoredEvent) => boolean;
    readonly write: (sql: ClientBase, stored: StoredEvent, row: Readonly<Record<string, unknown>>) => Promise<void>;
  };
}

/** From so many on, the statement that writes many states costs less than theirs. */
const MANY = 8;

/** Events into rows that are each folded from their own events: read once, together, and every state written. */
export async function foldRows<State>(
  sql: ClientBase,
  events: readonly StoredEvent[],
  folded: FoldedRows<State>,
  each: (stored: StoredEvent) => Promise<void>,
): Promise<void> {
  const states = foldStates(new Map(await folded.read(sql, [...new Set(events.map(folded.idOf))])), events, folded);
  for (const together of untilBesides(states, folded)) {
    await write(sql, folded, together, each);
    const last = together.at(-1);
    if (last !== undefined && folded.besides?.isOf(last.stored) === true) await folded.besides.write(sql, last.stored, last.row);
  }
}

function foldStates<State>(states: Map<string, State>, events: readonly StoredEvent[], { idOf, fold, row }: FoldedRows<State>): readonly RowState[] {
  return events.flatMap((stored) => {
    const id = idOf(stored);
    const next = fold(states.get(id), stored);
    if (next === undefined) return [];
    states.set(id, next);
    return [{ row: row(next, stored), stored }];
  });
}

/** Cut after each event that does something besides. */
function untilBesides<State>(states: readonly RowState[], { besides }: FoldedRows<State>): readonly (readonly RowState[])[] {
  if (besides === undefined) return [states];
  const ends = states.flatMap(({ stored }, index) => (besides.isOf(stored) ? [index + 1] : []));
  return [...ends, states.length].map((end, n) => states.slice(n === 0 ? 0 : ends[n - 1], end));
}

async function write<State>(sql: ClientBase, folded: FoldedRows<State>, states: readonly RowState[], each: (stored: StoredEvent) => Promise<void>): Promise<void> {
  if (states.length >= MANY) return writeStates(sql, folded, states);
  for (const { row, stored } of states) {
    await each(stored);
    await sql.query(upsert(folded, Object.keys(row)), Object.values(row).map(asParameter));
  }
}

function upsert({ table, key }: KeptTable, columns: readonly string[]): string {
  const values = columns.map((_, index) => `$${index + 1}`).join(', ');
  const updates = columns.filter((column) => column !== key).map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values}) ON CONFLICT (${key}) DO UPDATE SET ${updates.join(', ')}`;
}

/** The driver takes an array for one of SQL, and JSON only as text. */
function asParameter(value: unknown): unknown {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : value;
}
