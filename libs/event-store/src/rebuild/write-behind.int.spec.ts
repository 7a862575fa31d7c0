import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '@brain/testing';
import { inSchema } from '../migrations/in-schema.js';
import { pipelinedClient, writingBehind } from './write-behind-client.js';

describe('a client that writes behind', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let client: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.url });
    await pool.query('CREATE TABLE note (n integer PRIMARY KEY, text text)');
    client = pipelinedClient(pool);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await pool.end();
    await database.drop();
  });

  const insert = (sql: Pick<pg.ClientBase, 'query'>, n: number) => sql.query('INSERT INTO note VALUES ($1, $2)', [n, `note ${String(n)}`]);
  const inTransaction = (work: Parameters<typeof writingBehind>[1]) => inSchema(client, 'public', () => writingBehind(client, work));
  const numbers = async () => (await pool.query<{ n: number }>('SELECT n FROM note ORDER BY n')).rows.map(({ n }) => n);

  it('reads every write before it', async () => {
    await inTransaction(async (sql) => {
      await insert(sql, 1);
      await sql.query('UPDATE note SET n = 2 WHERE n = 1');
      expect((await sql.query('SELECT n FROM note')).rows).toEqual([{ n: 2 }]);
    });
    expect(await numbers()).toEqual([2]);
  });

  it('throws the first error at the end at the latest, and nothing is kept', async () => {
    const failing = inTransaction(async (sql) => {
      await insert(sql, 10);
      await insert(sql, 2);
      await insert(sql, 11);
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await numbers()).toEqual([2]);
    await inTransaction(async (sql) => {
      await insert(sql, 12);
    });
    expect(await numbers()).toEqual([2, 12]);
  });

  it('answers a write with RETURNING, and refuses to guess the answer of any other', async () => {
    await inTransaction(async (sql) => {
      const answered = await sql.query('UPDATE note SET text = $1 WHERE n = $2 RETURNING n', ['new', 2]);
      expect(answered.rowCount).toBe(1);
      const unanswered = await insert(sql, 20);
      expect(() => unanswered.rowCount).toThrow('use RETURNING');
    });
  });
});
