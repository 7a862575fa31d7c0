import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { InMemoryEventStore, migrate, START_POSITION, type EventReader } from '@brain/event-store';
import { EMPTY_TREE, entryOf, growTree, leafHashes, rootOf } from '@brain/verifiable-log';
import { testDatabase, type TestDatabase } from '@brain/testing';
import { repointLog } from './repoint-log.js';

const LOGGED = 5;
const metadata = { source: 'audit', time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'd', actor: { type: 'system', id: 't' } } as const;

/** The same events at other places. */
const copyOf = (store: InMemoryEventStore): Pick<EventReader, 'readAll'> => ({
  async *readAll(options) {
    for await (const event of store.readAll(options)) yield { ...event, position: `copy-${event.position}` };
  },
});

describe('the log and a copy of the store that it was made from', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  const store = new InMemoryEventStore();
  beforeAll(async () => {
    database = await testDatabase();
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
    const client = await pool.connect();
    await migrate(client, 'audit', path.join(import.meta.dirname, '../../migrations'));
    client.release();
    for (let n = 0; n < LOGGED + 2; n += 1) {
      await store.append([{ streamId: `note-${String(n)}`, expectedRevision: 'none', events: [{ eventId: randomUUID(), type: 'audit.noted.v1', data: { n }, metadata }] }]);
    }
    let edge = EMPTY_TREE;
    for await (const event of store.readAll({ after: START_POSITION })) {
      if (edge.size === LOGGED) break;
      await pool.query('INSERT INTO audit.log_leaf (leaf_index, position) VALUES ($1, $2)', [edge.size, event.position]);
      ({ edge } = growTree(edge, leafHashes([entryOf(event)])));
    }
    await pool.query("INSERT INTO audit.log_head (tree_size, root, position) VALUES ($1, $2, '5')", [edge.size, Buffer.from(rootOf(edge))]);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const leaves = async () => (await pool.query<{ position: string }>('SELECT position FROM audit.log_leaf ORDER BY leaf_index')).rows.map(({ position }) => position);

  it('stay as they are when the store does not give the root that was signed', async () => {
    const before = await leaves();
    await expect(repointLog(pool, 'audit', new InMemoryEventStore())).rejects.toMatchObject({ code: 'LOG_DISAGREES_WITH_STORE' });
    const other: Pick<EventReader, 'readAll'> = {
      async *readAll(options) {
        for await (const event of store.readAll(options)) yield { ...event, recordedAt: '2026-01-01T00:00:00.000Z' };
      },
    };
    await expect(repointLog(pool, 'audit', other)).rejects.toMatchObject({ code: 'LOG_DISAGREES_WITH_STORE' });
    expect(await leaves()).toEqual(before);
  });

  it('are tied leaf by leaf, with the place where the log goes on', async () => {
    const places: string[] = [];
    for await (const { position } of copyOf(store).readAll({ after: START_POSITION })) places.push(position);
    await repointLog(pool, 'audit', copyOf(store));
    expect(await leaves()).toEqual(places.slice(0, LOGGED));
    const { rows } = await pool.query<{ position: string; newest: { streamId: string } }>('SELECT position, newest FROM audit.log_head');
    expect(rows).toEqual([{ position: places[LOGGED - 1], newest: expect.objectContaining({ streamId: `note-${String(LOGGED - 1)}` }) as unknown }]);
  });
});
