import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';

export interface FoldedRows<Row> {
  readonly idOf: (stored: StoredEvent) => string;
  readonly read: (sql: ClientBase, ids: readonly string[]) => Promise<ReadonlyMap<string, Row>>;
  /** undefined: the event makes no row. */
  readonly fold: (row: Row | undefined, stored: StoredEvent) => Row | undefined;
  readonly write: (sql: ClientBase, row: Row, stored: StoredEvent) => Promise<void>;
}

/**
 * Events into rows that are each folded from their own events: the rows are read once, together, and every state is
 * written in its turn. `each` is called before what is written for an event.
 */
export async function foldRows<Row>(
  sql: ClientBase,
  events: readonly StoredEvent[],
  { idOf, read, fold, write }: FoldedRows<Row>,
  each: (stored: StoredEvent) => Promise<void>,
): Promise<void> {
  const rows = new Map(await read(sql, [...new Set(events.map(idOf))]));
  for (const stored of events) {
    const next = fold(rows.get(idOf(stored)), stored);
    if (next === undefined) continue;
    rows.set(idOf(stored), next);
    await each(stored);
    await write(sql, next, stored);
  }
}
