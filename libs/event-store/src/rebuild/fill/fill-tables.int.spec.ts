import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TempDir } from '@brain/testing';
import { appendTo, newStream, NOTED, noted, STRUCK } from '../../conformance/sample-events.js';
import { migrate } from '../../migrations/migrate.js';
import type { Projection } from '../../projection.port.js';
import { eventStoreDatabase, type EventStoreDatabase } from '../../postgres/event-store-database.fixture.js';
import { applyFromBus } from '../../projections/apply-from-bus.js';
import { foldedTable } from '../../projections/folded-table.js';
import { insertedTable } from '../../projections/inserted-table.js';
import { migrationsFolder } from '../../projections/sample-projections.fixture.js';
import { rebuildReadTables, type TableComparison } from '../rebuild-read-tables.js';
import { SharedPass } from '../shared-pass.js';

const schema = 'kept';
const TABLES = `
  CREATE TABLE tally (stream_id text PRIMARY KEY, notes bigint NOT NULL, view jsonb NOT NULL, seen timestamptz NOT NULL);
  SELECT keep_past('tally', 'stream_id');
  CREATE TABLE line (position text COLLATE "C" PRIMARY KEY, event_id uuid NOT NULL UNIQUE, text text, n integer, words tsvector);
  CREATE INDEX line_words ON line USING gin (words);`;
const ODD = 'tab\there, line\nthere, back\\slash, "quote", it\'s 值班 \\N \u2028';

interface Tally {
  readonly notes: number;
  readonly last: unknown;
}

/** What is struck leaves its earlier states too. */
const tallies: Projection = {
  name: 'tally',
  types: [NOTED, STRUCK],
  from: { topics: ['sample.events'] },
  ...foldedTable<Tally>({
    table: 'tally',
    key: 'stream_id',
    idOf: ({ streamId }) => streamId,
    async read(sql, ids) {
      const { rows } = await sql.query<{ stream_id: string; view: Tally }>('SELECT stream_id, view FROM tally WHERE stream_id = ANY ($1)', [ids]);
      return new Map(rows.map(({ stream_id, view }) => [stream_id, view]));
    },
    fold: (tally, { data }) => ({ notes: (tally?.notes ?? 0) + 1, last: { n: data['n'], text: ODD } }),
    row: (view, { streamId, recordedAt }) => ({ stream_id: streamId, notes: view.notes, view, seen: recordedAt }),
    besides: {
      isOf: ({ type }) => type === STRUCK,
      write: async (sql, { streamId }) => {
        await sql.query(`UPDATE tally_past SET view = '{"struck": true}' WHERE stream_id = $1`, [streamId]);
      },
    },
  }),
};

const lines: Projection = {
  name: 'line',
  types: [NOTED, STRUCK],
  from: { topics: ['sample.events'] },
  ...insertedTable({
    table: 'line',
    columns: { position: 'text', event_id: 'uuid', text: 'text', n: 'integer', words: 'tsvector' },
    values: ({ position, eventId, data }) => [position, eventId, data['n'] === 3 ? null : ODD, Number(data['n']), "'值班' 'it'"],
    erasure: {
      isOf: ({ type }) => type === STRUCK,
      hasRow: true,
      erase: async (sql, { position }) => {
        await sql.query(`UPDATE line SET text = 'struck' WHERE position < $1 AND n = 7`, [position]);
      },
    },
  }),
};

describe('tables that a rebuild fills', () => {
  let database: EventStoreDatabase;
  let folder: TempDir;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    folder = await migrationsFolder({ '0001-kept.sql': TABLES });
    const client = await database.pool.connect();
    await migrate(client, schema, folder.path);
    client.release();
    const streams = Array.from({ length: 40 }, newStream);
    for (let n = 0; n < 12; n += 1) {
      for (const streamId of streams) {
        const { events } = await appendTo(database.store, streamId, 'any', noted(n, n === 8 && streamId === streams[0] ? { type: STRUCK } : {}));
        for (const projection of [tallies, lines]) await applyFromBus({ projection, pool: database.pool, schema, events });
      }
    }
  });
  afterAll(async () => {
    await folder.remove();
    await database.close();
  });

  const rebuild = (more: { readonly swap?: boolean; readonly firstPass?: SharedPass['readPages'] } = {}, projections = [tallies, lines]) =>
    rebuildReadTables({ store: database.store, pool: database.pool, schema, migrationsDir: folder.path, projections, ...more });
  const told = (compared: readonly TableComparison[]) => compared.map(({ table, rows, identical }) => [table, rows, identical]);
  const ALL_SAME = [['tally', 40, true], ['tally_past', 440, true], ['line', 480, true]];

  it('are identical to those that events were applied to one by one', async () => {
    expect(told(await rebuild())).toEqual(ALL_SAME);
  });

  it('share one reading of the store', async () => {
    let passes = 0;
    const store = {
      readAll: (part: Parameters<typeof database.store.readAll>[0]) => {
        passes += 1;
        return database.store.readAll(part);
      },
    };
    const pass = new SharedPass({ store, readers: 2 });
    expect(told(await rebuild({ firstPass: (part) => pass.readPages(part) }))).toEqual(ALL_SAME);
    expect(passes).toBe(1);
  });

  it('have every index and constraint again when they are put in place, and go on', async () => {
    const { pool, store } = database;
    const shape = async () => ({
      indexes: (await pool.query<object>('SELECT indexdef FROM pg_indexes WHERE schemaname = $1 ORDER BY 1', [schema])).rows,
      constraints: (await pool.query<object>(`SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype IN ('p', 'u') ORDER BY 1`, [schema])).rows,
    });
    const before = await shape();
    expect(told(await rebuild({ swap: true }))).toEqual(ALL_SAME);
    expect(await shape()).toEqual(before);
    const { events } = await appendTo(store, newStream(), 'any', noted(1), noted(2));
    for (const projection of [tallies, lines]) await applyFromBus({ projection, pool, schema, events });
    expect(told(await rebuild())).toEqual([['tally', 41, true], ['tally_past', 441, true], ['line', 482, true]]);
  });

  it('fail together with the first error, and nothing stays', async () => {
    const broken: Projection = { ...lines, fill: () => ({ add: () => Promise.reject(new Error('no more room')), end: () => Promise.resolve() }) };
    await expect(rebuild({}, [tallies, broken])).rejects.toThrow('no more room');
    expect((await database.pool.query("SELECT FROM pg_namespace WHERE nspname = 'kept_rebuild'")).rowCount).toBe(0);
  });

  it('do not wait in a shared pass for one that failed before it read', async () => {
    const broken: Projection = {
      ...lines,
      fill: () => {
        throw new Error('not even begun');
      },
    };
    const pass = new SharedPass({ store: database.store, readers: 2 });
    await expect(rebuild({ firstPass: (part) => pass.readPages(part) }, [tallies, broken])).rejects.toThrow('not even begun');
  });
});
