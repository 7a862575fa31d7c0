import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

/** The database of a running product, as its owner. */
export async function databaseUrl(dataDir: string): Promise<string> {
  const read = async (file: string) => JSON.parse(await readFile(path.join(dataDir, file), 'utf8')) as Record<string, string | number>;
  const [{ postgresPort }, { postgresPassword }] = await Promise.all([read('runtime.json'), read('secrets.json')]);
  return `postgres://postgres:${encodeURIComponent(String(postgresPassword))}@127.0.0.1:${String(postgresPort)}/brain`;
}

export async function rowsOf<Row extends object>(dataDir: string, sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: await databaseUrl(dataDir) });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
