import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase } from './test-database.js';

describe('a test database', () => {
  const opened: { drop(): Promise<void> }[] = [];
  afterAll(() => Promise.all(opened.map((database) => database.drop())));

  it('is empty and apart from every other', async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    opened.push(one, other);
    await query(one.url, 'CREATE TABLE note (text text)');
    await expect(query(other.url, 'SELECT * FROM note')).rejects.toThrow('does not exist');
  });

  it('is gone after drop', async () => {
    const database = await testDatabase();
    await database.drop();
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
