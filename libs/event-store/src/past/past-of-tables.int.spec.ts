import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@brain/contracts';
import type { TempDir } from '@brain/testing';
import { NOTED } from '../conformance/sample-events.js';
import { inSchema } from '../migrations/in-schema.js';
import { migrate } from '../migrations/migrate.js';
import { eventStoreDatabase, type EventStoreDatabase } from '../postgres/event-store-database.fixture.js';
import { applyFromBus } from '../projections/apply-from-bus.js';
import { migrationsFolder } from '../projections/sample-projections.fixture.js';
import type { Projection } from '../projection.port.js';

const schema = 'sheets';
const SHEET = `CREATE TABLE sheet (sheet_id text PRIMARY KEY, text text NOT NULL); SELECT keep_past('sheet', 'sheet_id');`;

/** One row a stream; an empty text deletes it. */
const sheets: Projection = {
  name: 'sheets',
  tables: ['sheet'],
  past: ['sheet'],
  types: [NOTED],
  from: { topics: ['sample.events'] },
  async apply(sql, { streamId, data }) {
    if (data['text'] === '') await sql.query('DELETE FROM sheet WHERE sheet_id = $1', [streamId]);
    else
      await sql.query(
        'INSERT INTO sheet (sheet_id, text) VALUES ($1, $2) ON CONFLICT (sheet_id) DO UPDATE SET text = excluded.text',
        [streamId, data['text']],
      );
  },
};

describe('the past of a read table', () => {
  let database: EventStoreDatabase;
  let folder: TempDir;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    folder = await migrationsFolder({ '0001-sheet.sql': SHEET });
    await migrateNow();
  });
  afterAll(async () => {
    await folder.remove();
    await database.close();
  });

  const migrateNow = async () => {
    const client = await database.pool.connect();
    await migrate(client, schema, folder.path);
    client.release();
  };
  const minute = (text: string) => `2026-03-01T${text}:00.000Z`;
  /** Each step: text, when it was recorded, and when it happened if that was earlier. */
  const apply = async (streamId: string, steps: readonly (readonly [text: string, recorded: string, occurred?: string])[]) => {
    const events = steps.map(([text, recorded, occurred = recorded], revision) => ({
      eventId: `${streamId}-${String(revision)}`, streamId, revision, position: '', type: NOTED, data: { text }, recordedAt: minute(recorded),
      metadata: { source: 'sample', time: minute(occurred), correlationId: '', causationId: '', actor: { type: 'system', id: 'test' } },
    })) satisfies StoredEvent[];
    await applyFromBus({ projection: sheets, pool: database.pool, schema, events });
  };
  const at = async (as: 'recorded' | 'occurred', streamId: string, time: string) => {
    const { rows } = await database.pool.query<{ text: string }>(
      `SELECT text FROM ${schema}.sheet WHERE sheet_id = $1 AND ${as}_from <= $2
       UNION ALL SELECT text FROM ${schema}.sheet_past WHERE sheet_id = $1 AND ${as}_from <= $2 AND ${as}_to > $2`,
      [streamId, minute(time)],
    );
    return rows.map(({ text }) => text);
  };
  const states = (as: 'recorded' | 'occurred', streamId: string, ...times: readonly string[]) => Promise.all(times.map((time) => at(as, streamId, time)));

  it('has what held just before, at and after each step', async () => {
    await apply('steps', [['one', '09:00'], ['two', '10:00'], ['', '11:00'], ['three', '12:00']]);
    for (const as of ['recorded', 'occurred'] as const)
      expect(await states(as, 'steps', '08:59', '09:00', '09:59', '10:00', '10:59', '11:00', '12:00', '13:00')).toEqual(
        [[], ['one'], ['one'], ['two'], ['two'], [], ['three'], ['three']],
      );
  });

  it('tells what was heard of late only from then on, and as it turned out from its own time', async () => {
    await apply('late', [['one', '10:00', '09:00'], ['two', '10:30']]);
    expect(await states('recorded', 'late', '09:00', '09:59', '10:00')).toEqual([[], [], ['one']]);
    expect(await states('occurred', 'late', '08:59', '09:00', '10:29', '10:30')).toEqual([[], ['one'], ['one'], ['two']]);
  });

  it('puts what happened before something already known in the place of what was said of that time', async () => {
    await apply('before', [['one', '09:00'], ['two', '10:00'], ['three', '11:00'], ['four', '12:00', '09:30']]);
    expect(await states('recorded', 'before', '09:30', '10:00', '11:59', '12:00')).toEqual([['one'], ['two'], ['three'], ['four']]);
    expect(await states('occurred', 'before', '09:29', '09:30', '10:00', '11:00', '12:00')).toEqual([['one'], ['four'], ['four'], ['four'], ['four']]);
  });

  it('never has two states at once, nor a time that ends before it begins, though the clock went back', async () => {
    await apply('clock', [['one', '10:00'], ['two', '09:00'], ['three', '10:30']]);
    expect(await states('recorded', 'clock', '09:30', '10:00', '10:29', '10:30')).toEqual([[], ['two'], ['two'], ['three']]);
    const { rowCount } = await database.pool.query(`SELECT FROM ${schema}.sheet_past WHERE recorded_to < recorded_from OR occurred_to < occurred_from`);
    expect(rowCount).toBe(0);
  });

  it('makes nothing of an event that changes nothing', async () => {
    await apply('same', [['one', '09:00'], ['one', '10:00'], ['one', '11:00']]);
    const { rowCount } = await database.pool.query(`SELECT FROM ${schema}.sheet_past WHERE sheet_id = 'same'`);
    expect(rowCount).toBe(0);
    expect(await states('recorded', 'same', '08:59', '09:00', '11:00')).toEqual([[], ['one'], ['one']]);
  });

  it('counts what is written by hand from now on', async () => {
    await apply('hand', [['one', '09:00']]);
    await database.pool.query(`UPDATE ${schema}.sheet SET text = 'by hand' WHERE sheet_id = 'hand'`);
    expect(await at('recorded', 'hand', '10:00')).toEqual(['one']);
    const { rows } = await database.pool.query(`SELECT recorded_from > now() - interval '1 hour' AS fresh FROM ${schema}.sheet WHERE sheet_id = 'hand'`);
    expect(rows).toEqual([{ fresh: true }]);
  });

  it('says since when it is kept where there were rows before, and takes on a new column', async () => {
    const client = await database.pool.connect();
    await inSchema(client, schema, async () => {
      await client.query(`CREATE TABLE older (id text PRIMARY KEY); INSERT INTO older VALUES ('a')`);
      await client.query(`SELECT keep_past('older', 'id')`);
      await client.query('ALTER TABLE older ADD COLUMN words text');
      await client.query(`SELECT keep_past('older', 'id')`);
      await client.query(`UPDATE older SET words = 'first'`);
      await client.query(`UPDATE older SET words = 'second'`);
    });
    const { rows } = await client.query(`SELECT table_name, since = '-infinity' AS whole FROM ${schema}.past_kept ORDER BY 1`);
    expect(rows).toEqual([{ table_name: 'older', whole: false }, { table_name: 'sheet', whole: true }]);
    expect((await client.query(`SELECT words FROM ${schema}.older_past ORDER BY recorded_to`)).rows).toEqual([{ words: null }, { words: 'first' }]);
    client.release();
  });
});
