import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { testDatabase, type TempDir } from '@brain/testing';
import { appendTo, newStream, noted } from '../conformance/sample-events.js';
import type { EventStore } from '../event-store.port.js';
import { InMemoryEventStore } from '../memory/in-memory-event-store.js';
import { migrate } from '../migrations/migrate.js';
import { runProjection } from '../projections/run-projection.js';
import { migrationsFolder, noteTotals } from '../projections/sample-projections.fixture.js';
import { requireKeptStore } from './kept-store.js';
import { keepTables, keptStoreOf, repointTables } from './repoint-tables.js';

describe('tables that were made from an event store', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let pool: pg.Pool;
  let folder: TempDir;
  let schema: string;
  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
    folder = await migrationsFolder();
  });
  beforeEach(async () => {
    schema = `notes_${randomUUID().slice(0, 8)}`;
    const client = await pool.connect();
    await migrate(client, schema, folder.path);
    client.release();
  });
  afterAll(async () => {
    await pool.end();
    await folder.remove();
    await database.drop();
  });

  const check = (store: EventStore) => requireKeptStore({ pool, schema, store });
  const refusal = (code: string, ...words: string[]) =>
    expect.objectContaining({ code, message: words.reduce<unknown>((_, word) => expect.stringContaining(word), '') });
  /** Applies all that is in the store. */
  const apply = async (store: EventStore) => {
    const stop = new AbortController();
    const head = await store.headPosition();
    const running = runProjection({
      ...{ projection: noteTotals, store, pool, schema, signal: stop.signal },
      onApplied: (events) => {
        if (events.at(-1)?.position === head) stop.abort();
      },
    });
    await running;
  };
  const withNotes = async (count: number, ...streams: readonly string[]) => {
    const store = new InMemoryEventStore();
    for (let n = 0; n < count; n += 1) await appendTo(store, streams[n] ?? newStream(), 'none', noted(n));
    return store;
  };

  it('name the store at their first start, and know it again with how far they are', async () => {
    const store = await withNotes(3);
    expect(await check(store)).toBe('');
    expect(await store.storeId()).toMatch(/^[0-9a-f-]{36}$/);
    await apply(store);
    expect(await check(store)).toBe(await store.headPosition());
    await appendTo(store, newStream(), 'none', noted());
    expect(await check(store)).not.toBe(await store.headPosition());
  });

  it('refuse another store, and one that has nothing of this product, without writing there', async () => {
    await check(await withNotes(1));
    const other = await withNotes(1);
    await expect(check(other)).rejects.toEqual(refusal('EVENT_STORE_CHANGED', 'has nothing of this product in it'));
    expect(await other.storeId()).toBeUndefined();
    await other.nameStore('another');
    await expect(check(other)).rejects.toEqual(refusal('EVENT_STORE_CHANGED', 'is the store another', 'replay --swap'));
  });

  it('refuse an older copy of their store, also one that has grown since', async () => {
    const store = await withNotes(3);
    await check(store);
    await apply(store);
    for (const grown of [2, 5]) {
      const copy = await withNotes(grown);
      await copy.nameStore((await store.storeId()) ?? '');
      await expect(check(copy)).rejects.toEqual(refusal('EVENT_STORE_OLDER', 'does not have it', 'Restore'));
    }
  });

  it('are tied to a copy of their store, and no start takes them until they are made anew', async () => {
    const streams = Array.from({ length: 3 }, newStream);
    const store = await withNotes(3, ...streams);
    await check(store);
    await apply(store);
    const copy = await withNotes(1); // its positions are others
    for await (const { streamId, eventId, type, data, metadata } of store.readAll({ after: '' })) {
      await copy.append([{ streamId, expectedRevision: 'none', events: [{ eventId, type, data, metadata }] }]);
    }
    await copy.nameStore('copy');
    await repointTables({ pool, schema, store: copy });
    await expect(check(copy)).rejects.toEqual(refusal('EVENT_STORE_CHANGED', 'were being made anew'));
    await keepTables(pool, schema, 'copy');
    expect(await keptStoreOf(pool, schema)).toBe('copy');
    await check(copy);
    const { rows } = await pool.query<{ position: string }>(`SELECT position FROM ${schema}.projection_position`);
    expect(rows).toEqual([{ position: await copy.headPosition() }]);
  });

  it('from before they kept this are bound to the store they are started with', async () => {
    const store = await withNotes(2);
    await apply(store);
    await pool.query(`UPDATE ${schema}.projection_position SET newest = NULL`);
    await check(store);
    await expect(check(await withNotes(2))).rejects.toMatchObject({ code: 'EVENT_STORE_CHANGED' });
  });
});
