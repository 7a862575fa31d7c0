import { afterAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testDatabase, type DatabaseTemplate } from './test-database.js';

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

describe('dropping a test database', () => {
  it('lets connections close that are about to, and throws out those that stay', async () => {
    const database = await testDatabase();
    const pool = new pg.Pool({ connectionString: database.url });
    await Promise.all([1, 2, 3, 4].map(() => pool.query('SELECT pg_sleep(0.01)')));
    const errors: Error[] = [];
    const stays = new pg.Client({ connectionString: database.url });
    stays.on('error', (error) => errors.push(error));
    await stays.connect();
    await pool.end(); // settles before its connections are closed
    await database.drop();
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('does not exist');
    expect(errors[0]?.message).toMatch(/administrator command|terminated/);
  });
});

describe('a test database made from a template', () => {
  const opened: { drop(): Promise<void> }[] = [];
  afterAll(() => Promise.all(opened.map((database) => database.drop())));
  const copyOf = async (template: DatabaseTemplate) => {
    const database = await testDatabase(template);
    opened.push(database);
    return database;
  };
  const templateNamed = (install: DatabaseTemplate['install']): DatabaseTemplate => ({ name: `spec_${randomBytes(4).toString('hex')}`, install });

  it('has what was installed, once, however many copies are asked for at a time', async () => {
    let installed = 0;
    const template = templateNamed(async ({ url }) => {
      installed += 1;
      await query(url, 'CREATE TABLE note AS SELECT 1 AS n');
    });
    const [one, other] = await Promise.all([copyOf(template), copyOf(template)]);
    await query(one.ownerUrl, 'DELETE FROM note');
    expect((await query(other.ownerUrl, 'SELECT n FROM note')).rows).toEqual([{ n: 1 }]);
    expect(installed).toBe(1);
  });

  it('lets its role do what it was given and nothing else', async () => {
    const template = templateNamed(async ({ url, role }) => {
      await query(url, `REVOKE ALL ON SCHEMA public FROM PUBLIC; CREATE SCHEMA own AUTHORIZATION ${role}; CREATE TABLE foreign_note AS SELECT 1 AS n`);
    });
    const { url, ownerUrl } = await copyOf(template);
    await query(url, 'CREATE TABLE own.note AS SELECT 1 AS n; CREATE SCHEMA rebuilt');
    await expect(query(url, 'SELECT n FROM foreign_note')).rejects.toThrow('does not exist'); // in a schema that is closed to it
    await expect(query(url, 'CREATE TABLE public.note (n int)')).rejects.toThrow('permission denied');
    expect((await query(ownerUrl, 'SELECT n FROM foreign_note')).rows).toEqual([{ n: 1 }]);
  });

  it('is made whole by the next who asks when the installation failed', async () => {
    let attempts = 0;
    const template = templateNamed(async ({ url }) => {
      attempts += 1;
      await query(url, 'CREATE TABLE note AS SELECT 1 AS n');
      if (attempts === 1) throw new Error('no disk');
    });
    await expect(testDatabase(template)).rejects.toThrow('no disk');
    expect((await query((await copyOf(template)).ownerUrl, 'SELECT n FROM note')).rows).toEqual([{ n: 1 }]);
  });
});

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
