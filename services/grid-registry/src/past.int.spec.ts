import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '@brain/testing';
import { person, startGridRegistry, type GridRegistryUnderTest } from './grid-registry-service.fixture.js';

const admin = person('ada', 'administrator');
const square = (side: number) => ({ type: 'Polygon', coordinates: [[[113, 22], [113 + side, 22], [113 + side, 22 + side], [113, 22 + side], [113, 22]]] });

describe('the district at an earlier moment', () => {
  let registry: GridRegistryUnderTest;
  let staffId: string;
  let between: string;
  beforeAll(async () => {
    registry = await startGridRegistry();
    await draw('南山', 1);
    const staff = await registry.call(admin, 'POST', '/api/staff', { body: { name: '陈静', roles: ['grid-worker'], areaCodes: ['440305'], post: '网格员' } });
    staffId = String(staff.body['staffId']);
    await eventually(async () => {
      expect(await boundary('')).toMatchObject({ edition: 1 });
      expect((await registry.call(admin, 'GET', '/api/staff')).body.items).toHaveLength(1);
    });
    between = await lastRecorded();
    await draw('南山区', 2);
    await registry.call(admin, 'POST', `/api/staff/${staffId}/availability`, { body: { availability: 'on-duty' } });
    await eventually(async () => {
      expect(await boundary('')).toMatchObject({ edition: 2, name: '南山区' });
      expect((await registry.call(admin, 'GET', '/api/staff?availability=on-duty')).body.items).toHaveLength(1);
    });
  });
  afterAll(() => registry.stop());

  const draw = (name: string, side: number) =>
    registry.call(admin, 'POST', '/api/areas/import', {
      body: { type: 'Feature', properties: { code: '440305', name }, geometry: square(side) },
      type: 'application/geo+json',
    });
  const boundary = async (query: string) => (await registry.call(admin, 'GET', `/api/areas/440305/boundary${query}`)).body['properties'];
  const get = (path: string) => registry.call(admin, 'GET', `/api/${path}`);
  const lastRecorded = async () => {
    const client = new pg.Client({ connectionString: registry.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ at: Date }>("SELECT max(recorded_at) AS at FROM event_store.event");
    await client.end();
    return new Date((rows[0]?.at.getTime() ?? 0) + 1).toISOString();
  };

  it('has the areas of then, one by one and in lists', async () => {
    const first = '2020-01-01T00:00:00Z';
    expect((await get(`areas/440305?at=${between}`)).body).toMatchObject({ name: '南山', hasBoundary: true });
    expect((await get(`areas?at=${between}`)).body.items).toMatchObject([{ name: '南山' }]);
    expect((await get(`areas/440305/children?at=${between}`)).body.items).toEqual([]);
    expect((await get(`areas?at=${first}`)).body.items).toEqual([]);
    expect(await get(`areas/440305?at=${first}`)).toMatchObject({ status: 404, body: { code: 'AREA_UNKNOWN' } });
    expect((await get('areas/440305')).body).toMatchObject({ name: '南山区' });
  });

  it('has the outline that was known then, and without as=recorded the one that holds for that day as known now', async () => {
    expect(await boundary(`?at=${between}&as=recorded`)).toMatchObject({ edition: 1, name: '南山' });
    expect((await get(`areas/locate?lng=113.5&lat=22.5&at=${between}&as=recorded`)).body).toMatchObject({ area: { name: '南山' } });
    expect(await get(`areas/locate?lng=114.5&lat=23.5&at=${between}&as=recorded`)).toMatchObject({ body: { code: 'LOCATION_UNKNOWN' } });
    expect(await get('areas/440305/boundary?at=2020-01-01T00:00:00Z&as=recorded')).toMatchObject({ body: { code: 'AREA_UNKNOWN' } });
    expect(await boundary('?at=2020-01-01T00:00:00Z')).toMatchObject({ edition: 1, name: '南山区' });
  });

  it('has the people of then', async () => {
    expect((await get(`staff/${staffId}?at=${between}`)).body).toMatchObject({ name: '陈静', availability: 'off-duty' });
    expect((await get(`staff?at=${between}`)).body.items).toMatchObject([{ staffId, availability: 'off-duty' }]);
    expect(await get(`staff/${staffId}?at=2020-01-01T00:00:00Z`)).toMatchObject({ status: 404, body: { code: 'STAFF_UNKNOWN' } });
    const stranger = person('eve', 'administrator', ['440306']);
    expect((await registry.call(stranger, 'GET', `/api/staff/${staffId}?at=${between}`)).body.code).toBe('STAFF_UNKNOWN');
  });
});
