import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { Projection } from '../projection.port.js';
import { copyLines } from '../rebuild/fill/copy-rows.js';
import { copyLineOf } from '../rebuild/fill/copy-text.js';

/** A table with a row for each event, that is never written again but to erase something of it. */
export interface InsertedRows {
  readonly table: string;
  /** Columns with their types in PostgreSQL. */
  readonly columns: Readonly<Record<string, string>>;
  /** In the order of the columns, as PostgreSQL reads each from text. */
  readonly values: (stored: StoredEvent) => readonly (string | number | null)[];
  /** Before its row is made. */
  readonly without?: (sql: ClientBase, stored: StoredEvent) => Promise<StoredEvent>;
  /** A row that is there already stays. */
  readonly isRepeatable?: boolean;
  readonly erasure: {
    readonly isOf: (stored: StoredEvent) => boolean;
    /** Reaches the rows before it, so those are written first. Without it the erasure itself makes no row. */
    readonly erase: (sql: ClientBase, stored: StoredEvent) => Promise<void>;
    readonly hasRow: boolean;
  };
}

type Write = (sql: ClientBase, rows: readonly (readonly (string | number | null)[])[]) => Promise<void>;

export function insertedTable(rows: InsertedRows): Pick<Projection, 'tables' | 'apply' | 'applyMany'> & Required<Pick<Projection, 'fill'>> {
  const { table, columns } = rows;
  const insert = inserting(rows);
  const copy: Write = (sql, values) => copyLines(sql, table, Object.keys(columns), values.map(copyLineOf));
  return {
    tables: [table],
    apply: (sql, stored) => add(rows, sql, [stored], insert),
    applyMany: (sql, events) => add(rows, sql, events, insert),
    fill: () => ({ add: (sql, events) => add(rows, sql, events, copy), end: () => Promise.resolve() }),
  };
}

async function add({ values, without, erasure }: InsertedRows, sql: ClientBase, events: readonly StoredEvent[], write: Write): Promise<void> {
  let waiting: (readonly (string | number | null)[])[] = [];
  for (const stored of events) {
    const erases = erasure.isOf(stored);
    if (!erases || erasure.hasRow) waiting.push(values(without === undefined ? stored : await without(sql, stored)));
    if (!erases) continue;
    await write(sql, waiting);
    waiting = [];
    await erasure.erase(sql, stored);
  }
  await write(sql, waiting);
}

/** Many rows in one statement: a list of text for each column. */
function inserting({ table, columns, isRepeatable = false }: InsertedRows): Write {
  const names = Object.keys(columns);
  const read = Object.entries(columns).map(([name, type]) => `${name}::${type}`);
  const text = `INSERT INTO ${table} (${names.join(', ')}) SELECT ${read.join(', ')}
    FROM unnest(${names.map((_, index) => `$${String(index + 1)}::text[]`).join(', ')}) AS new (${names.join(', ')})
    ${isRepeatable ? 'ON CONFLICT DO NOTHING' : ''}`;
  return async (sql, rows) => {
    if (rows.length > 0) await sql.query(text, names.map((_, index) => rows.map((values) => values[index])));
  };
}
