import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type TempDir } from '@brain/testing';
import { appendTo, collect, newStream, noted, STRUCK } from '../conformance/sample-events.js';
import { START_POSITION } from '../event-store.port.js';
import { noteNewTables } from './made-tables.js';
import { migrate } from '../migrations/migrate.js';
import { eventStoreDatabase, type EventStoreDatabase } from '../postgres/event-store-database.fixture.js';
import type { Projection } from '../projection.port.js';
import { applyFromBus } from '../projections/apply-from-bus.js';
import { runProjection } from '../projections/run-projection.js';
import { migrationsFolder, noteCopies, noteTotals } from '../projections/sample-projections.fixture.js';
import { rebuildReadTables, type RebuildOptions, type TableComparison } from './rebuild-read-tables.js';

const schema = 'notes';

describe('rebuilding read tables', () => {
  let database: EventStoreDatabase;
  let folder: TempDir;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    folder = await migrationsFolder();
    const client = await database.pool.connect();
    await migrate(client, schema, folder.path);
    client.release();
    await fill(300);
    await runLive(async () => Promise.resolve());
  });
  afterAll(async () => {
    await folder.remove();
    await database.close();
  });

  const fill = async (count: number) => {
    const streams = Array.from({ length: 10 }, newStream);
    for (let n = 0; n < count; n += 10) {
      await Promise.all(streams.map((streamId, i) => appendTo(database.store, streamId, 'any', noted(n + i, i === 3 ? { type: STRUCK } : {}))));
    }
  };
  /** Live projections up to the end of the store, while `work` goes on. */
  const runLive = async (work: () => Promise<unknown>) => {
    const { pool, store } = database;
    const abort = new AbortController();
    const run = runProjection({ projection: noteTotals, store, pool, schema, signal: abort.signal });
    const bus = (async () => {
      for await (const { events } of store.tail({ after: START_POSITION, signal: abort.signal, batchSize: 50 })) {
        await applyFromBus({ projection: noteCopies, pool, schema, events });
      }
    })();
    try {
      await work();
      await eventually(async () => {
        const { rows } = await pool.query(`SELECT (SELECT count(*) FROM notes.note_log) AS log, (SELECT sum(applied) FROM notes.note_copy) AS copies`);
        const all = await collect(store.readAll({ after: START_POSITION }));
        expect(rows).toEqual([{ log: String(all.filter(({ type }) => type !== STRUCK).length), copies: String(all.length) }]);
      });
    } finally {
      abort.abort();
      await Promise.all([run, bus]);
    }
  };
  const rebuild = (swap = false, more: Partial<RebuildOptions> = {}) =>
    rebuildReadTables({
      store: database.store,
      pool: database.pool,
      schema,
      migrationsDir: folder.path,
      projections: [noteTotals, noteCopies],
      swap,
      ...more,
    });
  const identical = (compared: readonly TableComparison[]) => compared.map(({ table, identical: is }) => [table, is]);

  it('gives tables identical to the live ones, and leaves nothing behind', async () => {
    const compared = await rebuild();
    expect(identical(compared)).toEqual([['note_total', true], ['note_log', true], ['note_copy', true]]);
    expect(compared.map(({ rows }) => rows)).toEqual([9, 270, 10]);
    expect((await database.pool.query("SELECT FROM pg_namespace WHERE nspname = 'notes_rebuild'")).rowCount).toBe(0);
  });

  it('compares at one point though the live tables go on changing', async () => {
    const results: TableComparison[] = [];
    await runLive(async () => {
      const writing = fill(400);
      results.push(...(await rebuild()), ...(await rebuild()));
      await writing;
    });
    expect(results.filter(({ identical: is }) => !is)).toEqual([]);
  });

  it('leaves out what the live tables have not seen yet', async () => {
    const { pool, store } = database;
    const { events } = await appendTo(store, newStream(), 'none', noted(1), noted(2), noted(3));
    await applyFromBus({ projection: noteCopies, pool, schema, events: events.slice(0, 2) });
    expect(identical(await rebuild())).toEqual([['note_total', true], ['note_log', true], ['note_copy', true]]);
    await runLive(() => Promise.resolve());
  });

  it('names the table that was tampered with, and a swap puts it right', async () => {
    const { pool } = database;
    await pool.query('UPDATE notes.note_total SET sum = sum + 1 WHERE stream_id = (SELECT min(stream_id) FROM notes.note_total)');
    expect(identical(await rebuild(true))).toEqual([['note_total', false], ['note_log', true], ['note_copy', true]]);
    expect(identical(await rebuild())).toEqual([['note_total', true], ['note_log', true], ['note_copy', true]]);
    await runLive(() => fill(20));
    expect(identical(await rebuild())).toEqual([['note_total', true], ['note_log', true], ['note_copy', true]]);
  });

  it('says why a table differs: begun before that was kept, made otherwise, or no known reason', async () => {
    const { pool } = database;
    const tamper = () => pool.query('UPDATE notes.note_total SET sum = sum + 1 WHERE stream_id = (SELECT min(stream_id) FROM notes.note_total)');
    const reasons = (compared: readonly TableComparison[]) => compared.map(({ reason }) => reason);
    await pool.query('DELETE FROM notes.read_table_made');
    await tamper();
    expect(reasons(await rebuild(true))).toEqual(['earlier-version', null, null]);
    await tamper();
    expect(reasons(await rebuild())).toEqual(['unexplained', null, null]);
    const raised: Projection = { ...noteTotals, version: 2 };
    expect(reasons(await rebuild(false, { projections: [raised, noteCopies] }))).toEqual(['made-otherwise', null, null]);
    expect(reasons(await rebuild(true, { projections: [raised, noteCopies] }))).toEqual(['made-otherwise', null, null]);
    await tamper();
    expect(reasons(await rebuild(true, { projections: [raised, noteCopies] }))).toEqual(['unexplained', null, null]);
  });

  it('notes the tables that have not begun yet, and no others', async () => {
    const { pool } = database;
    const made = async () => (await pool.query<{ table_name: string }>('SELECT table_name FROM notes.read_table_made ORDER BY table_name')).rows.map(({ table_name: name }) => name);
    await pool.query('DELETE FROM notes.read_table_made');
    await noteNewTables(pool, schema, [noteTotals, noteCopies]);
    expect(await made()).toEqual([]);
    await noteNewTables(pool, schema, [{ ...noteTotals, name: 'not-begun' }]);
    expect(await made()).toEqual(['note_log', 'note_total']);
  });

  it('makes every index again, and tables that survive a crash, when it puts them in place', async () => {
    const { pool } = database;
    const indexes = async () => (await pool.query<{ tablename: string; indexdef: string }>('SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = $1 ORDER BY indexdef', [schema])).rows;
    const before = await indexes();
    await rebuild(true);
    expect(await indexes()).toEqual(before);
    expect(before.filter(({ indexdef }) => indexdef.includes('note_log_at'))).toHaveLength(1);
    const { rows } = await pool.query("SELECT DISTINCT relpersistence FROM pg_class WHERE relnamespace = 'notes'::regnamespace AND relkind IN ('r', 'i')");
    expect(rows).toEqual([{ relpersistence: 'p' }]);
  });

  it('is ended by its signal, and leaves nothing behind', async () => {
    const ended = new AbortController();
    const rebuilding = rebuild(true, { signal: ended.signal, onProgress: () => ended.abort(new Error('enough')) });
    await expect(rebuilding).rejects.toThrow('enough');
    expect((await database.pool.query("SELECT FROM pg_namespace WHERE nspname = 'notes_rebuild'")).rowCount).toBe(0);
    expect(identical(await rebuild())).toEqual([['note_total', true], ['note_log', true], ['note_copy', true]]);
  });

  it('tells of every event that it has to read, once for each projection', async () => {
    const told = new Map<string, number>();
    await rebuild(false, { onProgress: ({ projection, events }) => told.set(projection, (told.get(projection) ?? 0) + events) });
    const all = await collect(database.store.readAll({ after: START_POSITION }));
    expect(Object.fromEntries(told)).toEqual({ 'note-totals': all.filter(({ type }) => type !== STRUCK).length, 'note-copies': all.length });
  });

  it('sees a row too many, a row too few, and a changed value; not the order of writing', async () => {
    const { pool } = database;
    const digestOf = async () => (await rebuild()).find(({ table }) => table === 'note_log');
    const before = await digestOf();
    await pool.query('CREATE TABLE kept AS SELECT * FROM notes.note_log; DELETE FROM notes.note_log');
    await pool.query('INSERT INTO notes.note_log SELECT * FROM kept ORDER BY place DESC');
    expect((await digestOf())?.liveDigest).toBe(before?.liveDigest);
    await pool.query('DELETE FROM notes.note_log WHERE place = 5');
    expect(await digestOf()).toMatchObject({ identical: false });
    await pool.query('INSERT INTO notes.note_log SELECT * FROM kept WHERE place = 5');
    await pool.query("INSERT INTO notes.note_log VALUES (-1, 0, '2026-01-01')");
    expect(await digestOf()).toMatchObject({ identical: false });
  });
});
