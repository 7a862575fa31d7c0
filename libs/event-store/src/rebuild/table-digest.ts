import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { DomainError } from '@brain/contracts';

export interface TableDigest {
  readonly rows: number;
  /** SHA-256, hex. */
  readonly digest: string;
}

const FETCH = 20_000;

/**
 * A digest of what a table says, whatever way its rows and columns lie: each row in PostgreSQL's own binary form, which
 * no setting changes and which costs half of the text, with the columns by name, hashed there, the hashes sorted.
 * Streams through a cursor. Inside a transaction, which it leaves open.
 */
export async function digestTable(client: ClientBase, schema: string, table: string): Promise<TableDigest> {
  const columns = await columnsOf(client, schema, table);
  const row = `sha256(record_send(ROW(${columns.map((column) => client.escapeIdentifier(column)).join(', ')})))`;
  const from = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
  await client.query(`DECLARE digest_rows NO SCROLL CURSOR FOR SELECT ${row} AS line FROM ${from} ORDER BY 1`);

  const hash = createHash('sha256').update(JSON.stringify(columns));
  let rows = 0;
  for (;;) {
    const { rows: lines } = await client.query<{ line: Buffer }>(`FETCH ${String(FETCH)} FROM digest_rows`);
    for (const { line } of lines) hash.update(line);
    rows += lines.length;
    if (lines.length < FETCH) break;
  }
  await client.query('CLOSE digest_rows');
  return { rows, digest: hash.digest('hex') };
}

async function columnsOf(client: ClientBase, schema: string, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ attname: string }>(
    `SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = $2 AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"`,
    [schema, table],
  );
  if (rows.length === 0) throw new DomainError('READ_TABLE_UNKNOWN', `There is no table ${table} in ${schema}`);
  return rows.map(({ attname }) => attname);
}
