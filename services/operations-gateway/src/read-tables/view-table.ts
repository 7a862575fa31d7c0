import type { ClientBase } from 'pg';
import type { DomainEvent, StoredEvent } from '@brain/contracts';
import { foldedTable, type EventCodec, type FoldedRows, type Projection } from '@brain/event-store';
import type { Stamp } from './domain/stamp.js';

export interface ViewTable<View extends object, Event extends DomainEvent<string, object>> {
  readonly name: string;
  readonly topic: string;
  readonly codec: EventCodec<Event>;
  /** Primary key column; the id is in every event's data under `idField`. */
  readonly idColumn: string;
  readonly idField: string;
  readonly fold: (view: View | undefined, event: Event, stamp: Stamp) => View | undefined;
  readonly isOpen: (view: View) => boolean;
  /** Further columns derived from the view. */
  readonly columns: (view: View) => Readonly<Record<string, string | null>>;
  /** This event is folded into all earlier states as well, each of which keeps its revision. */
  readonly erasure?: Event['type'];
}

/** A read table of whole views, one row per stream: read the rows, fold the events in, write them back. */
export function viewTable<View extends object, Event extends DomainEvent<string, object>>(
  table: ViewTable<View, Event>,
): Projection {
  const { name, topic, codec, idField } = table;
  return { name: name.replaceAll('_', '-'), types: codec.types, from: { topics: [topic] }, ...foldedTable(rowsOf(table)) };

  function rowsOf({ idColumn, fold, isOpen, columns, erasure }: ViewTable<View, Event>): FoldedRows<View> {
    return {
      table: name,
      key: idColumn,
      idOf: (stored) => idIn(stored, idField),
      async read(sql, ids) {
        const found = await sql.query<{ id: string; view: View }>(`SELECT ${idColumn} AS id, view FROM ${name} WHERE ${idColumn} = ANY ($1)`, [ids]);
        return new Map(found.rows.map(({ id, view }) => [id, view]));
      },
      fold: (view, stored) => fold(view, codec.decode(stored), { revision: stored.revision, time: stored.metadata.time }),
      row: (view, stored) => ({ [idColumn]: idIn(stored, idField), open: isOpen(view), view, last_event: stored.type, ...columns(view) }),
      ...(erasure === undefined ? {} : { besides: { isOf: ({ type }) => type === codec.wireName(erasure), write: (sql, stored) => erasePast(sql, table, stored) } }),
    };
  }
}

interface PastView {
  readonly revision: number;
}

async function erasePast<View extends object, Event extends DomainEvent<string, object>>(
  sql: ClientBase,
  { name, idColumn, idField, codec, fold }: ViewTable<View, Event>,
  stored: StoredEvent,
): Promise<void> {
  const id = idIn(stored, idField);
  const event = codec.decode(stored);
  const { rows } = await sql.query<{ view: View & PastView }>(`SELECT view FROM ${name}_past WHERE ${idColumn} = $1`, [id]);
  for (const { view } of rows) {
    const erased = fold(view, event, { revision: view.revision, time: '' });
    await sql.query(`UPDATE ${name}_past SET view = $2 WHERE ${idColumn} = $1 AND (view->>'revision')::bigint = $3`, [id, JSON.stringify(erased), view.revision]);
  }
}

/** The id of the thing an event is about. */
export function idIn(stored: StoredEvent, field: string): string {
  const id = stored.data[field];
  if (typeof id !== 'string') throw new Error(`${stored.type} has no ${field}`);
  return id;
}
