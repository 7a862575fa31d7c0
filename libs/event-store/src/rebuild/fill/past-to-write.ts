import type { ClientBase } from 'pg';
import type { FilledTable } from './filled-table.js';
import { corrected, type Bygone } from './states-over-time.js';

/** Past states of a chunk of events, until they are written together. */
export class PastToWrite {
  private readonly states = new Map<string, Bygone[]>();
  /** Since when something else held than what is written of a row. */
  private readonly late = new Map<string, string>();

  constructor(private readonly table: FilledTable) {}

  /** Before what is past by the same event is added. */
  correct(id: string, occurred: string): void {
    const earliest = this.late.get(id);
    if (earliest === undefined || occurred < earliest) this.late.set(id, occurred);
    const states = this.states.get(id);
    if (states !== undefined) this.states.set(id, states.map((state) => corrected(state, occurred)));
  }

  add(id: string, state: Bygone): void {
    const states = this.states.get(id);
    if (states === undefined) this.states.set(id, [state]);
    else states.push(state);
  }

  /** What was written before is corrected before what came after the correction is there. */
  async write(sql: ClientBase): Promise<void> {
    if (this.late.size > 0) await this.table.correctPast(sql, this.late);
    await this.table.putPast(sql, [...this.states.values()].flat());
    this.late.clear();
    this.states.clear();
  }
}
