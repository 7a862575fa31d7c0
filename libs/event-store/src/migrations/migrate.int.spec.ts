import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { testDatabase, type TempDir, type TestDatabase } from '@brain/testing';
import { migrationsFolder } from '../projections/sample-projections.fixture.js';
import { migrate } from './migrate.js';

describe('migrating a schema', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let folder: TempDir;
  let schema = '';
  let schemas = 0;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.url });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });
  afterEach(() => folder.remove());

  const given = async (files: Readonly<Record<string, string>>) => {
    folder = await migrationsFolder(files);
    schema = `notes_${String((schemas += 1))}`;
  };
  const run = async () => {
    const client = await pool.connect();
    try {
      await migrate(client, schema, folder.path);
    } finally {
      client.release();
    }
  };
  const addFile = (name: string, sql: string) => writeFile(join(folder.path, name), sql);
  const applied = async () =>
    (await pool.query<{ name: string }>(`SELECT name FROM ${schema}.schema_migration ORDER BY number`)).rows.map(({ name }) => name);

  it('runs each file once, in order, in its own schema', async () => {
    await given({ '0002-fill.sql': 'INSERT INTO note VALUES (1)', '0001-note.sql': 'CREATE TABLE note (n int)' });
    await run();
    await run();
    await addFile('0003-more.sql', 'INSERT INTO note VALUES (2)');
    await run();
    expect((await pool.query(`SELECT n FROM ${schema}.note ORDER BY n`)).rows).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await applied()).toEqual(['0001-note.sql', '0002-fill.sql', '0003-more.sql']);
  });

  it('is safe when several processes start at once', async () => {
    await given({ '0001-note.sql': 'CREATE TABLE note (n int)' });
    await Promise.all([run(), run(), run()]);
    expect(await applied()).toEqual(['0001-note.sql']);
  });

  it('leaves nothing of a file that fails, and names it', async () => {
    await given({ '0001-note.sql': 'CREATE TABLE note (n int)', '0002-bad.sql': 'INSERT INTO note VALUES (1); SELECT nonsense' });
    await expect(run()).rejects.toThrow('Migration 0002-bad.sql of');
    expect(await applied()).toEqual(['0001-note.sql']);
    expect((await pool.query(`SELECT FROM ${schema}.note`)).rowCount).toBe(0);
  });

  it('refuses a file that was changed after it ran', async () => {
    await given({ '0001-note.sql': 'CREATE TABLE note (n int)' });
    await run();
    await addFile('0001-note.sql', 'CREATE TABLE note (n bigint)');
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
  });

  it('refuses data that a newer version wrote, and changes nothing', async () => {
    await given({ '0001-note.sql': 'CREATE TABLE note (n int)', '0002-newer.sql': 'CREATE TABLE newer (n int)' });
    await run();
    const newer = folder;
    folder = await migrationsFolder({ '0001-note.sql': 'CREATE TABLE note (n int)' });
    await newer.remove();
    await expect(run()).rejects.toMatchObject({ code: 'DATA_VERSION_NEWER' });
    expect(await applied()).toHaveLength(2);
  });

  it.each([
    [{ 'note.sql': '' }, 'MIGRATION_NAME_INVALID'],
    [{ '0001-a.sql': '', '0001-b.sql': '' }, 'MIGRATION_NUMBER_TWICE'],
  ])('refuses the files %j', async (files, code) => {
    await given(files);
    await expect(run()).rejects.toMatchObject({ code });
  });
});
