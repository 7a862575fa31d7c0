import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyColumn } from './copy-text.js';

const LINES_PER_PIECE = 250;

/** The columns of a table of the search path, in their order. */
export async function columnsOf(sql: ClientBase, table: string): Promise<readonly CopyColumn[]> {
  const { rows } = await sql.query<CopyColumn>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  return rows;
}

/** Puts rows into the table, each as a line of `copyLine`: far cheaper than INSERT; one that is there already is an error. */
export async function copyLines(sql: ClientBase, table: string, columns: readonly string[], lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const copy = sql.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(piecesOf(lines)), copy);
}

function* piecesOf(lines: readonly string[]): Generator<Buffer> {
  for (let start = 0; start < lines.length; start += LINES_PER_PIECE) yield Buffer.from(lines.slice(start, start + LINES_PER_PIECE).join(''));
}
