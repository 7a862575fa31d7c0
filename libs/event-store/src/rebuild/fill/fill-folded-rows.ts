import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { TableFilling } from '../../projection.port.js';
import type { FoldedRows } from '../../projections/fold-rows.js';
import { FilledTable } from './filled-table.js';
import { PastToWrite } from './past-to-write.js';
import { succeed, type Standing } from './states-over-time.js';

/** A state of JSON takes some 5 kB of memory. */
const MOST_HELD = 4_000;

interface Held<State> {
  readonly state: State;
  readonly standing: Standing;
}

/**
 * Fills an empty table of folded rows. A row is in memory while events come for it and is written once, when it is
 * past or long untouched: nothing is read that was just written, and the past needs no comparing in the database.
 */
export class FoldedRowsFilling<State> implements TableFilling {
  /** Longest untouched first. */
  private readonly held = new Map<string, Held<State>>();
  private isAllHeld = true;
  private readonly table: FilledTable;
  private readonly past: PastToWrite;

  constructor(
    private readonly folded: FoldedRows<State>,
    private readonly mostHeld = MOST_HELD,
  ) {
    this.table = new FilledTable(folded);
    this.past = new PastToWrite(this.table);
  }

  async add(sql: ClientBase, events: readonly StoredEvent[]): Promise<void> {
    const { besides } = this.folded;
    await this.takeBack(sql, events);
    for (const stored of events) {
      const row = this.fold(stored);
      if (row === undefined) continue;
      if (!this.table.isKnown) await this.table.lookAt(sql, row);
      if (besides?.isOf(stored) !== true) continue;
      await this.past.write(sql);
      await this.table.indexPast(sql);
      await besides.write(sql, stored, row);
    }
    await this.past.write(sql);
    if (this.held.size > this.mostHeld) await this.letGo(sql, this.held.size - Math.floor(this.mostHeld * 0.75));
  }

  end(sql: ClientBase): Promise<void> {
    return this.letGo(sql, this.held.size);
  }

  private fold(stored: StoredEvent): Standing['row'] | undefined {
    const id = this.folded.idOf(stored);
    const before = this.held.get(id);
    const state = this.folded.fold(before?.state, stored);
    if (state === undefined) return undefined;
    const row = this.folded.row(state, stored);
    const standing = before === undefined ? beginning(row, stored) : this.succeed(id, before.standing, row, stored);
    this.held.delete(id);
    this.held.set(id, { state, standing });
    return row;
  }

  private succeed(id: string, before: Standing, row: Standing['row'], stored: StoredEvent): Standing {
    const { now, past, lateFrom } = succeed(before, { row, stored }, this.table.times);
    if (lateFrom !== undefined) this.past.correct(id, lateFrom);
    if (past !== undefined) this.past.add(id, past);
    return now;
  }

  /** Rows that were let go and go on; an event that is the first of its stream has none. */
  private async takeBack(sql: ClientBase, events: readonly StoredEvent[]): Promise<void> {
    if (this.isAllHeld) return;
    const begun = new Set(events.filter(({ revision }) => revision === 0).map(this.folded.idOf));
    const ids = [...new Set(events.map(this.folded.idOf))].filter((id) => !this.held.has(id) && !begun.has(id));
    if (ids.length === 0) return;
    const states = await this.folded.read(sql, ids);
    for (const { id, standing } of await this.table.take(sql, ids)) {
      const state = states.get(id);
      if (state !== undefined) this.held.set(id, { state, standing });
    }
  }

  private async letGo(sql: ClientBase, count: number): Promise<void> {
    const ids = [...this.held.keys()].slice(0, count);
    await this.table.put(sql, ids.flatMap((id) => this.held.get(id)?.standing ?? []));
    for (const id of ids) this.held.delete(id);
    this.isAllHeld = false;
  }
}

function beginning(row: Standing['row'], { recordedAt, metadata }: StoredEvent): Standing {
  return { row, recorded_from: recordedAt, occurred_from: metadata.time };
}
