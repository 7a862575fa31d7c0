import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import { pastTableOf } from './past-tables.js';

export interface KeptTable {
  /** A table whose past is kept. */
  readonly table: string;
  /** Its one key column. */
  readonly key: string;
}

/** What a row is after an event. Its columns are those of every other state of the table. */
export interface RowState {
  readonly row: Readonly<Record<string, unknown>>;
  readonly stored: StoredEvent;
}

/**
 * Many states of the rows of a table, in their order, and the past that comes of it: in one statement the same rows
 * as when each was written in its turn and the trigger of `keep_past` looked on.
 */
export async function writeStates(sql: Pick<ClientBase, 'query'>, table: KeptTable, states: readonly RowState[]): Promise<void> {
  const [first] = states;
  if (first === undefined) return;
  const given = states.map(({ row, stored }) => ({ ...row, recorded_from: stored.recordedAt, occurred_from: stored.metadata.time }));
  await sql.query("SET LOCAL brain.past TO 'written'");
  await sql.query(statement(table, Object.keys(first.row)), [JSON.stringify(given)]);
  await sql.query('SET LOCAL brain.past TO DEFAULT');
}

/** Kept states of one key follow one another; the first may be the one that stands in the table. */
function statement({ table, key }: KeptTable, columns: readonly string[]): string {
  const past = pastTableOf(table);
  const all = columns.join(', ');
  const updates = [...columns, 'recorded_from', 'occurred_from'].filter((column) => column !== key).map((column) => `${column} = excluded.${column}`);
  return `WITH given AS MATERIALIZED (
      SELECT * FROM json_populate_recordset(NULL::${table}, $1::json) WITH ORDINALITY AS state
    ), said AS (
      SELECT ${all}, recorded_from, occurred_from, 0 AS place FROM ${table} WHERE ${key} = ANY (ARRAY (SELECT DISTINCT ${key} FROM given))
      UNION ALL SELECT ${all}, recorded_from, occurred_from, ordinality FROM given
    ), compared AS (
      SELECT *, ROW (${all}) *= lag(ROW (${all})) OVER (PARTITION BY ${key} ORDER BY place) AS changes_nothing FROM said
    ), kept AS MATERIALIZED (
      -- A clock that went backwards: nothing was known before what was known before it.
      SELECT ${all}, place, occurred_from, max(recorded_from) OVER (PARTITION BY ${key} ORDER BY place) AS recorded_from
      FROM compared WHERE changes_nothing IS NOT TRUE
    ), span AS (
      SELECT *, lead(recorded_from) OVER state AS recorded_to,
        -- Heard of late: it holds from its own time on, instead of what was said of that time until then.
        greatest(occurred_from, min(occurred_from) OVER (state ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)) AS occurred_to
      FROM kept WINDOW state AS (PARTITION BY ${key} ORDER BY place)
    ), past AS (
      INSERT INTO ${past} (${all}, recorded_from, occurred_from, recorded_to, occurred_to)
      SELECT ${all}, recorded_from, occurred_from, recorded_to, occurred_to FROM span WHERE recorded_to IS NOT NULL
    ), late AS (
      SELECT ${key}, min(occurred_from) AS occurred FROM kept GROUP BY ${key}
      HAVING min(occurred_from) < min(occurred_from) FILTER (WHERE place = 0)
    ), corrected AS (
      UPDATE ${past} AS earlier SET occurred_to = greatest(earlier.occurred_from, late.occurred) FROM late
      WHERE earlier.${key} = late.${key} AND earlier.occurred_to > greatest(earlier.occurred_from, late.occurred)
    )
    INSERT INTO ${table} (${all}, recorded_from, occurred_from)
    SELECT ${all}, recorded_from, occurred_from FROM span WHERE recorded_to IS NULL AND place > 0
    ON CONFLICT (${key}) DO UPDATE SET ${updates.join(', ')}`;
}
