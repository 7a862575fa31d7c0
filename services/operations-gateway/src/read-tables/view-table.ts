import type { DomainEvent, StoredEvent } from '@brain/contracts';
import type { EventCodec, Projection } from '@brain/event-store';
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
}

/** A read table of whole views, one row per stream: read the row, fold the event in, write it back. */
export function viewTable<View extends object, Event extends DomainEvent<string, object>>(
  table: ViewTable<View, Event>,
): Projection {
  const { name, topic, codec, idColumn, fold, isOpen, columns } = table;
  return {
    name: name.replaceAll('_', '-'),
    tables: [name],
    types: codec.types,
    from: { topics: [topic] },
    async apply(sql, stored) {
      const id = idIn(stored, table.idField);
      const before = await sql.query<{ view: View }>(`SELECT view FROM ${name} WHERE ${idColumn} = $1`, [id]);
      const view = fold(before.rows[0]?.view, codec.decode(stored), { revision: stored.revision, time: stored.metadata.time });
      if (view === undefined) return;
      const row = { [idColumn]: id, open: isOpen(view), view: JSON.stringify(view), ...columns(view) };
      await sql.query(upsert(name, idColumn, Object.keys(row)), Object.values(row));
    },
  };
}

/** The id of the thing an event is about. */
export function idIn(stored: StoredEvent, field: string): string {
  const id = stored.data[field];
  if (typeof id !== 'string') throw new Error(`${stored.type} has no ${field}`);
  return id;
}

function upsert(table: string, idColumn: string, columns: readonly string[]): string {
  const values = columns.map((_, index) => `$${index + 1}`).join(', ');
  const updates = columns.filter((column) => column !== idColumn).map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})
    ON CONFLICT (${idColumn}) DO UPDATE SET ${updates.join(', ')}`;
}
