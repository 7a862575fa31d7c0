import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { applyFromBus, migrate, rebuildReadTables, runProjection, START_POSITION } from '@brain/event-store';
import { appendTo, newStream, noted, STRUCK } from '@brain/event-store/conformance';
import { eventually, testDatabase, type TempDir } from '@brain/testing';
import { noteCopies, noteLog, noteMigrations } from './note-tables.fixture.js';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

const schema = 'notes';

describe('read tables in PostgreSQL, made from the record on EventStoreDB', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let pool: pg.Pool;
  let folder: TempDir;
  let on: StoreOnServer;
  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 6 });
    folder = await noteMigrations();
    const client = await pool.connect();
    await migrate(client, schema, folder.path);
    client.release();
    on = await storeOnServer();
  });
  afterAll(async () => {
    await on.close();
    await pool.end();
    await folder.remove();
    await database.drop();
  });

  const countOf = async (table: string) => {
    const { rows } = await pool.query<{ count: string }>(`SELECT count(*) FROM ${schema}.${table}`);
    return Number(rows[0]?.count);
  };
  const applied = async () => {
    const { rows } = await pool.query<{ sum: string | null }>(`SELECT sum(applied) FROM ${schema}.note_copy`);
    return Number(rows[0]?.sum ?? 0);
  };

  it('catch up, survive dropped connections and a restart of the server, and are what a rebuild makes', async () => {
    const streams = Array.from({ length: 8 }, newStream);
    const write = async (round: number) => {
      await Promise.all(streams.map((streamId, i) => appendTo(on.store, streamId, 'any', noted(round * 100 + i), noted(i, { type: STRUCK }))));
    };
    await write(0);
    const live = runLive();
    for (let round = 1; round < 6; round += 1) {
      await write(round);
      on.server.dropConnections();
    }
    on.server.stop();
    await on.server.start();
    await write(6);
    await eventually(async () => expect([await countOf('note_log'), await applied()]).toEqual([56, 112]));
    await live.stop();

    // A second run goes on from the saved position: nothing is applied twice.
    const again = runLive();
    await write(7);
    await eventually(async () => expect([await countOf('note_log'), await applied()]).toEqual([64, 128]));
    await again.stop();

    const compared = await rebuildReadTables({ store: on.store, pool, schema, migrationsDir: folder.path, projections: [noteLog, noteCopies] });
    expect(compared.map(({ table, rows, identical }) => ({ table, rows, identical }))).toEqual([
      { table: 'note_log', rows: 64, identical: true },
      { table: 'note_copy', rows: 8, identical: true },
    ]);
  });

  /** As the services do: one projection tails the store, another is fed by what a relay of the source publishes. */
  function runLive() {
    const abort = new AbortController();
    const { signal } = abort;
    const fromStore = runProjection({ projection: noteLog, store: on.another(), pool, schema, signal });
    const relay = (async () => {
      for await (const { events } of on.another().tail({ after: START_POSITION, source: 'sample', signal, batchSize: 20 })) {
        await applyFromBus({ projection: noteCopies, pool, schema, events });
      }
    })();
    return {
      async stop() {
        abort.abort();
        await Promise.all([fromStore, relay]);
      },
    };
  }
});
