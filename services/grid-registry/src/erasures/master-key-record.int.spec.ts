import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { MasterKeyRing, newMasterKey, rotateMasterKey, START_POSITION } from '@brain/event-store';
import { eventually, MASTER_KEY } from '@brain/testing';
import { openRecord, startGridRegistry, type GridRegistryUnderTest } from '../grid-registry-service.fixture.js';

const next = newMasterKey('mk-next');

describe('a new master key', () => {
  let registry: GridRegistryUnderTest;
  let pool: pg.Pool;

  beforeAll(async () => {
    registry = await startGridRegistry({ GRID_MASTER_KEY_LOOK_MS: '20', BRAIN_MASTER_KEY: `${next}${MASTER_KEY}` });
    pool = new pg.Pool({ connectionString: registry.databaseUrl, max: 3 });
  });
  afterAll(async () => {
    await pool.end();
    await registry.stop();
  });

  async function recorded(): Promise<unknown[]> {
    const store = openRecord(registry.databaseUrl, pool);
    const found: unknown[] = [];
    for await (const { data } of store.readAll({ after: START_POSITION, types: ['grid-registry.master-key-changed.v1'] })) found.push(data);
    await store.close();
    return found;
  }

  it('is on the record, with the one before and since when, and nothing of either key', async () => {
    await eventually(async () => expect(await recorded()).toEqual([{ masterKeyId: 'mk-test', before: null, since: expect.any(String) }]));
    const client = await pool.connect();
    await rotateMasterKey(client, MasterKeyRing.fromText(`${next}${MASTER_KEY}`));
    client.release();
    await eventually(async () => expect(await recorded()).toHaveLength(2));
    expect((await recorded())[1]).toMatchObject({ masterKeyId: 'mk-next', before: 'mk-test' });
    const secret = next.trim().split(' ')[1] ?? '';
    expect(secret).toHaveLength(43);
    expect(JSON.stringify(await recorded())).not.toContain(secret);
  });

  it('is told once, also after a restart', async () => {
    await registry.restart();
    const client = await pool.connect();
    await rotateMasterKey(client, MasterKeyRing.fromText(`${next}${MASTER_KEY}`));
    client.release();
    await eventually(async () => expect(await recorded()).toHaveLength(2));
  });
});
