import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { rebuildReadTables } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { openRecord, person, startGridRegistry, type GridRegistryUnderTest } from './grid-registry-service.fixture.js';
import { readTables } from './replay.js';

const admin = person('ada', 'administrator');
let registry: GridRegistryUnderTest;

beforeAll(async () => {
  registry = await startGridRegistry();
});
afterAll(() => registry.stop());

const square = (side: number) => ({ type: 'Polygon', coordinates: [[[113, 22], [113 + side, 22], [113 + side, 22 + side], [113, 22 + side], [113, 22]]] });

describe('a replay of the registry', () => {
  it('gives the same read tables, row by row', async () => {
    const importAreas = (side: number, name: string) =>
      registry.call(admin, 'POST', '/api/areas/import', {
        body: { type: 'Feature', properties: { code: '440305', name }, geometry: square(side) },
        type: 'application/geo+json',
      });
    await importAreas(1, '南山');
    await importAreas(2, '南山区');
    const { body } = await registry.call(admin, 'POST', '/api/staff', { body: { name: '陈静', roles: ['grid-worker'], areaCodes: ['440305'] } });
    await registry.call(admin, 'POST', `/api/staff/${String(body['staffId'])}/availability`, { body: { availability: 'on-duty' } });
    await eventually(async () => {
      const { body: page } = await registry.call(admin, 'GET', '/api/staff?availability=on-duty');
      expect(page.items).toHaveLength(1);
      expect((await registry.call(admin, 'GET', '/api/areas/440305/boundary')).body['properties']).toMatchObject({ edition: 2 });
    });

    const pool = new pg.Pool({ connectionString: registry.databaseUrl });
    const store = openRecord(registry.databaseUrl, pool);
    try {
      const migrationsDir = fileURLToPath(new URL('../migrations', import.meta.url));
      const compared = await rebuildReadTables({ store, pool, migrationsDir, ...readTables });
      expect(compared.map(({ table, rows, identical }) => [table, rows, identical])).toEqual([
        ['area_list', 1, true],
        ['area_list_past', 3, true],
        ['area_boundary', 2, true],
        ['area_boundary_past', 1, true],
        ['staff_list', 1, true],
        ['staff_list_past', 1, true],
        ['erasure_list', 0, true],
        ['wearer_copy', 0, true],
        ['forgotten_wearer', 0, true],
      ]);
    } finally {
      await store.close();
      await pool.end();
    }
  });
});
