import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v5 as uuidv5 } from 'uuid';
import { eventually } from '@brain/testing';
import { openRecord, person, startGridRegistry, type GridRegistryUnderTest } from '../grid-registry-service.fixture.js';

const admin = person('admin', 'administrator');
/** The recipe of before, which everybody can read in the code. */
const guess = (name: string) => uuidv5(JSON.stringify([name, '网格员', ['440305']]), 'b2a1f5c4-0b7e-4e55-9c43-3f2d6d0f7a11');
const csv = (...names: string[]) => `name,roles,areaCodes,post\n${names.map((name) => `${name},grid-worker,440305,网格员\n`).join('')}`;

describe('the id of an imported person', () => {
  const registries: GridRegistryUnderTest[] = [];
  const start = async (): Promise<GridRegistryUnderTest> => {
    const registry = await startGridRegistry({ GRID_ERASURE_POLL_MS: '20' });
    registries.push(registry);
    await registry.call(admin, 'POST', '/api/areas/import', { body: 'code,name\n440305,南山区\n', type: 'text/csv' });
    return registry;
  };
  const send = async (registry: GridRegistryUnderTest, body: string) => (await registry.call(admin, 'POST', '/api/staff/import', { body, type: 'text/csv' })).body;
  const idOf = async (registry: GridRegistryUnderTest, name: string): Promise<string> => {
    let found = '';
    await eventually(async () => {
      const { items = [] } = (await registry.call(admin, 'GET', `/api/staff?q=${encodeURIComponent(name)}`)).body;
      expect(items).toHaveLength(1);
      found = String(items[0]?.['staffId']);
    });
    return found;
  };
  let registry: GridRegistryUnderTest;

  beforeAll(async () => {
    registry = await start();
  });
  afterAll(() => Promise.all(registries.map((one) => one.stop())));

  it('is the same however often the file comes, and nobody’s guess', async () => {
    expect(await send(registry, csv('周洋', '吴敏'))).toMatchObject({ imported: 2, refused: [] });
    const staffId = await idOf(registry, '周洋');
    expect(staffId).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(staffId).not.toBe(guess('周洋'));
    await registry.restart();
    expect(await send(registry, csv('周洋', '吴敏'))).toMatchObject({ imported: 0, unchanged: 2 });
    expect(await idOf(registry, '周洋')).toBe(staffId);
  });

  it('is another in another installation', async () => {
    const other = await start();
    await send(other, csv('周洋'));
    expect(await idOf(other, '周洋')).not.toBe(await idOf(registry, '周洋'));
  });

  it('stays what it was for those who came in before ids were keyed', async () => {
    const pool = new pg.Pool({ connectionString: registry.databaseUrl, max: 2 });
    const store = openRecord(registry.databaseUrl, pool);
    const staffId = guess('老陈');
    const metadata = { source: 'grid-registry', time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'c', actor: { type: 'user', id: 'admin' }, areaCode: '440305' } as const;
    const data = { staffId, name: '老陈', roles: ['grid-worker'], areaCodes: ['440305'], skills: [], post: '网格员' };
    await store.append([{ streamId: `staff-${staffId}`, expectedRevision: 'none', events: [{ eventId: randomUUID(), type: 'grid-registry.staff-registered.v1', data, metadata }] }]);
    expect(await send(registry, csv('老陈'))).toMatchObject({ imported: 0, unchanged: 1 });
    expect(await idOf(registry, '老陈')).toBe(staffId);
    await store.close();
    await pool.end();
  });

  it('does not bring an erased person back', async () => {
    const staffId = await idOf(registry, '吴敏');
    for (const who of [admin, person('otto', 'auditor')]) await registry.call(who, 'POST', `/api/people/${staffId}/erase`);
    await eventually(async () => expect((await registry.call(admin, 'GET', `/api/people/${staffId}/erasure`)).body).toMatchObject({ state: 'erased' }));
    expect(await send(registry, csv('吴敏'))).toMatchObject({ imported: 0, unchanged: 1 });
  });
});
