import type { ClientBase } from 'pg';
import { pastKeyOf, pastTableOf } from '../../past/past-tables.js';
import type { KeptTable, RowState } from '../../past/write-states.js';
import { columnsOf, copyLines } from './copy-rows.js';
import { copyLine, type CopyColumn } from './copy-text.js';
import type { Bygone, Standing } from './states-over-time.js';

const SINCE = ['recorded_from', 'occurred_from'];
const UNTIL = ['recorded_to', 'occurred_to'];

/** The statements that fill a table whose past is kept. Each is inside a transaction. */
export class FilledTable {
  private columns: readonly CopyColumn[] = [];
  /** Those that are times: the same one can be written in two ways. */
  times: ReadonlySet<string> = new Set();

  constructor(private readonly kept: KeptTable) {}

  get isKnown(): boolean {
    return this.columns.length > 0;
  }

  /** Learns its columns, from the first row that is to be in it. */
  async lookAt(sql: ClientBase, row: RowState['row']): Promise<void> {
    this.columns = (await columnsOf(sql, this.kept.table)).filter(({ name }) => name in row);
    this.times = new Set(this.columns.filter(({ type }) => type.startsWith('timestamp')).map(({ name }) => name));
  }

  /** What holds now. */
  async put(sql: ClientBase, standing: readonly Standing[]): Promise<void> {
    await unwatched(sql);
    const lines = standing.map(({ row, recorded_from, occurred_from }) => copyLine(this.columns, row, recorded_from, occurred_from));
    await copyLines(sql, this.kept.table, [...this.names(), ...SINCE], lines);
  }

  /** Takes out what holds now, as it was put there; times are text. */
  async take(sql: ClientBase, keys: readonly string[]): Promise<readonly { readonly id: string; readonly standing: Standing }[]> {
    await unwatched(sql);
    const { table, key } = this.kept;
    const { rows } = await sql.query<RowState['row']>(`DELETE FROM ${table} WHERE ${key} = ANY ($1) RETURNING ${[...this.names(), ...SINCE].join(', ')}`, [keys]);
    return rows.map((row) => ({ id: String(row[key]), standing: standingOf(row) }));
  }

  async putPast(sql: ClientBase, past: readonly Bygone[]): Promise<void> {
    const lines = past.map(({ row, recorded_from, occurred_from, recorded_to, occurred_to }) =>
      copyLine(this.columns, row, recorded_from, occurred_from, recorded_to, occurred_to),
    );
    await copyLines(sql, pastTableOf(this.kept.table), [...this.names(), ...SINCE, ...UNTIL], lines);
  }

  /** `corrected`, for what is in the table. */
  async correctPast(sql: ClientBase, late: ReadonlyMap<string, string>): Promise<void> {
    await this.indexPast(sql);
    const { table, key } = this.kept;
    const type = this.columns.find(({ name }) => name === key)?.type ?? 'text';
    await sql.query(
      `UPDATE ${pastTableOf(table)} AS earlier SET occurred_to = greatest(earlier.occurred_from, late.occurred)
       FROM unnest($1::${type}[], $2::timestamptz[]) AS late (key, occurred)
       WHERE earlier.${key} = late.key AND earlier.occurred_to > greatest(earlier.occurred_from, late.occurred)`,
      [[...late.keys()], [...late.values()]],
    );
  }

  /** The way to the earlier states of a row: few tables need it while they are filled. */
  async indexPast(sql: ClientBase): Promise<void> {
    const { table, key } = this.kept;
    await sql.query(`CREATE INDEX IF NOT EXISTS ${pastKeyOf(table)} ON ${pastTableOf(table)} (${key}, recorded_from)`);
  }

  private names(): readonly string[] {
    return this.columns.map(({ name }) => name);
  }
}

/** The trigger of `keep_past` has nothing to keep: see `write-states.ts`. */
async function unwatched(sql: ClientBase): Promise<void> {
  await sql.query("SET LOCAL brain.past TO 'written'");
}

function standingOf(found: RowState['row']): Standing {
  const { recorded_from, occurred_from, ...row } = Object.fromEntries(Object.entries(found).map(([column, value]) => [column, isTime(value) ? value.toISOString() : value]));
  return { row, recorded_from: String(recorded_from), occurred_from: String(occurred_from) };
}

/** By its shape: the driver's Date need not be ours. */
function isTime(value: unknown): value is Date {
  return typeof value === 'object' && value !== null && 'toISOString' in value;
}
