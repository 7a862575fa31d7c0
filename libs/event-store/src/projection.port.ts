import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';

/**
 * Events → read tables. `apply` writes through the given client, inside the transaction that also saves how far
 * the projection has come, with unqualified table names: the schema is set by search_path, so the same code
 * fills the live tables and a rebuild beside them. It must not read the clock, nor anything but its own tables.
 */
export interface Projection {
  /** Stable; the key of its saved position. */
  readonly name: string;
  /**
   * Raised when the same events give other rows than before, and neither columns nor types tell it: a replay then says
   * that tables from before were made otherwise. Default 1.
   */
  readonly version?: number;
  /** Read tables it owns, for digest and rebuild. */
  readonly tables: readonly string[];
  /**
   * Those of its tables whose earlier states are kept, for looking into the past. A migration has said `keep_past` of
   * each. Whatever erases something in such a table erases it in `<table>_past` as well.
   */
  readonly past?: readonly string[];
  /** Wire names it applies. */
  readonly types: readonly string[];
  /**
   * 'store': this service's own events, in store order, from the event store.
   * A topic list: another service's events, from the bus. Then order holds per stream only, so every row
   * must depend on one stream only; repeats are left out by (stream, revision) before `apply`.
   */
  readonly from: 'store' | { readonly topics: readonly string[] };
  apply(sql: ClientBase, event: StoredEvent): Promise<void>;
  /** The same as `apply` for one after the other, in fewer statements. `each` is called before what is written for an event. */
  applyMany?(sql: ClientBase, events: readonly StoredEvent[], each: (event: StoredEvent) => Promise<void>): Promise<void>;
  /** For a rebuild, which would otherwise `apply`: the same rows of all events from the first on, into tables that are empty at the start. */
  fill?(): TableFilling;
}

/** Tables that are being filled by one writer. Until `end` its rows may be in memory; each call is inside a transaction. */
export interface TableFilling {
  add(sql: ClientBase, events: readonly StoredEvent[]): Promise<void>;
  /** Writes what was held back. */
  end(sql: ClientBase): Promise<void>;
}
