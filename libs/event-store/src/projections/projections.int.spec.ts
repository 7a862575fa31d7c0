import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@brain/contracts';
import { eventually, type TempDir } from '@brain/testing';
import { appendTo, collect, newStream, NOTED, noted, STRUCK } from '../conformance/sample-events.js';
import { migrate } from '../migrations/migrate.js';
import { eventStoreDatabase, type EventStoreDatabase } from '../postgres/event-store-database.fixture.js';
import type { Projection } from '../projection.port.js';
import { applyFromBus } from './apply-from-bus.js';
import { runProjection } from './run-projection.js';
import { migrationsFolder, noteCopies, noteTotals } from './sample-projections.fixture.js';

describe('a projection', () => {
  let database: EventStoreDatabase;
  let folder: TempDir;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    folder = await migrationsFolder();
  });
  afterAll(async () => {
    await folder.remove();
    await database.close();
  });

  const newSchema = async (schema: string) => {
    const client = await database.pool.connect();
    await migrate(client, schema, folder.path);
    client.release();
    return { schema, pool: database.pool, store: database.store };
  };
  const rows = async (schema: string, table: string) => (await database.pool.query<Record<string, unknown>>(`SELECT * FROM ${schema}.${table} ORDER BY 1`)).rows;

  describe('that follows the store', () => {
    it('applies its types and goes on where it stopped', async () => {
      const target = await newSchema('follows');
      const streamId = newStream();
      await appendTo(database.store, streamId, 'none', noted(1), noted(5, { type: STRUCK }), noted(2));
      for (const expected of [{ notes: '2', sum: '3' }, { notes: '3', sum: '13' }]) {
        const abort = new AbortController();
        const run = runProjection({ projection: noteTotals, ...target, signal: abort.signal });
        await eventually(async () => expect(await rows('follows', 'note_total')).toContainEqual({ stream_id: streamId, ...expected }));
        abort.abort();
        await run;
        await appendTo(database.store, streamId, 'any', noted(10));
      }
    });

    it('applies each event once though several processes run it', async () => {
      const target = await newSchema('shared_run');
      const abort = new AbortController();
      const runs = [1, 2, 3].map(() =>
        runProjection({ projection: noteTotals, ...target, store: database.another(), signal: abort.signal }),
      );
      const streams = Array.from({ length: 40 }, newStream);
      await Promise.all(streams.map((streamId, n) => appendTo(database.store, streamId, 'none', noted(n), noted(n))));
      const all = await collect(database.store.readAll({ after: '', types: [NOTED] }));
      await eventually(async () => expect(await rows('shared_run', 'note_log')).toHaveLength(all.length));
      abort.abort();
      await Promise.all(runs);
      const log = await rows('shared_run', 'note_log');
      expect(log.map((row) => row['n'])).toEqual(all.map((event) => event.data['n']));
    });

    it('throws when an event cannot be applied, and skips nothing when run again', async () => {
      const target = await newSchema('fails_once');
      let mayFail = true;
      const failing: Projection = {
        ...noteTotals,
        async apply(sql, event) {
          await noteTotals.apply(sql, event);
          if (mayFail && event.data['n'] === 77) throw new Error('not today');
        },
      };
      await appendTo(database.store, newStream(), 'none', noted(76), noted(77), noted(78));
      const abort = new AbortController();
      const run = () => runProjection({ projection: failing, ...target, signal: abort.signal });
      await expect(run()).rejects.toThrow('not today');
      mayFail = false;
      const second = run();
      const all = await collect(database.store.readAll({ after: '', types: [NOTED] }));
      await eventually(async () => expect(await rows('fails_once', 'note_log')).toHaveLength(all.length));
      abort.abort();
      await second;
    });
  });

  describe('that is fed from the bus', () => {
    const stored = async (...numbers: number[]): Promise<StoredEvent[]> => {
      const { events } = await appendTo(database.store, newStream(), 'none', ...numbers.map((n) => noted(n)));
      return [...events];
    };

    it('leaves out what was delivered before, in one batch or in another', async () => {
      const target = { projection: noteCopies, ...(await newSchema('copies')) };
      const events = await stored(1, 2, 3);
      expect(await applyFromBus({ ...target, events: events.slice(0, 2) })).toHaveLength(2);
      expect(await applyFromBus({ ...target, events: [...events, ...events] })).toEqual(events.slice(2));
      expect(await applyFromBus({ ...target, events })).toEqual([]);
      expect(await rows('copies', 'note_copy')).toEqual([{ stream_id: events[0]?.streamId, latest: { n: 3 }, applied: 3 }]);
    });

    it('applies one delivery once though two members have it at the same time', async () => {
      const target = { projection: noteCopies, ...(await newSchema('two_members')) };
      const events = (await Promise.all(Array.from({ length: 20 }, () => stored(1, 2, 3)))).flat();
      await Promise.all([
        applyFromBus({ ...target, events }),
        applyFromBus({ ...target, events: [...events].sort((a, b) => b.streamId.localeCompare(a.streamId) || a.revision - b.revision) }),
      ]);
      const copies = await rows('two_members', 'note_copy');
      expect(copies).toHaveLength(20);
      for (const copy of copies) expect(copy).toMatchObject({ applied: 3, latest: { n: 3 } });
    });

    it('keeps nothing of a batch that failed, so that its redelivery is whole', async () => {
      const target = await newSchema('failed_batch');
      const failing: Projection = { ...noteCopies, apply: async (sql, event) => {
        await noteCopies.apply(sql, event);
        if (event.data['n'] === 2) throw new Error('not today');
      } };
      const events = await stored(1, 2);
      await expect(applyFromBus({ projection: failing, ...target, events })).rejects.toThrow('not today');
      expect(await rows('failed_batch', 'note_copy')).toEqual([]);
      expect(await applyFromBus({ projection: noteCopies, ...target, events })).toEqual(events);
    });
  });
});
