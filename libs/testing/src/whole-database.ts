import pg from 'pg';

/** Every row of every table, or of those of some schemas, as text; what the bus keeps as bytes as the text it is. */
export async function wholeDatabase(connectionString: string, schemas: readonly string[] | null = null): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') AND ($1::text[] IS NULL OR table_schema = ANY ($1))`,
      [schemas],
    );
    const lines: string[] = [];
    for (const { name } of rows) {
      const table = await client.query<{ line: string }>(`SELECT one::text AS line FROM ${name} AS one`);
      lines.push(...table.rows.map(({ line }) => line));
    }
    return lines.map((line) => line.replace(/\\\\?x([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('utf8'))).join('\n');
  } finally {
    await client.end();
  }
}
