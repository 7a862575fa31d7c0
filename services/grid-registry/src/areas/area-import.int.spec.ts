import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { eventually } from '@brain/testing';
import { person, startGridRegistry, type Answer, type GridRegistryUnderTest } from '../grid-registry-service.fixture.js';

const admin = person('ada', 'administrator');
const operator = person('olga', 'operator');
let registry: GridRegistryUnderTest;

beforeAll(async () => {
  registry = await startGridRegistry({ GRID_IMPORT_MAX_BYTES: '1500000' });
});
afterAll(() => registry.stop());

const importCsv = (body: string | Uint8Array, query = ''): Promise<Answer> =>
  registry.call(admin, 'POST', `/api/areas/import${query}`, { body, type: 'text/csv; charset=utf-8' });
const importGeoJson = (features: readonly object[], query = ''): Promise<Answer> =>
  registry.call(admin, 'POST', `/api/areas/import${query}`, { body: { type: 'FeatureCollection', features }, type: 'application/geo+json' });
const feature = (code: string, ring: readonly (readonly number[])[], properties: object = {}) => ({
  type: 'Feature',
  properties: { code, ...properties },
  geometry: { type: 'Polygon', coordinates: [ring] },
});
const box = (west: number, south: number, east: number, north: number) => [[west, south], [east, south], [east, north], [west, north], [west, south]];
const nameOf = async (code: string) => (await registry.call(operator, 'GET', `/api/areas/${code}`)).body['name'];

const district = [
  'code,name,cityCode',
  ...Array.from({ length: 108 }, (_, i) => `440305${String((i % 9) + 1).padStart(3, '0')}${String(Math.floor(i / 9) + 1).padStart(3, '0')},社区${String(i)},4403`),
  ...Array.from({ length: 9 }, (_, i) => `440305${String(i + 1).padStart(3, '0')},街道${String(i)},4403`),
  '440305,南山区,4403',
].join('\n');

describe('importing areas', () => {
  it('takes a district in any order within two seconds, and again as unchanged', async () => {
    const started = performance.now();
    const first = await importCsv(district);
    expect(first).toMatchObject({ status: 200, body: { imported: 118, unchanged: 0, refused: [] } });
    expect(performance.now() - started).toBeLessThan(2000);
    expect(await importCsv(district)).toMatchObject({ status: 200, body: { imported: 0, unchanged: 118, refused: [] } });
    await eventually(async () => {
      const children = await registry.call(operator, 'GET', '/api/areas/440305/children?limit=5');
      expect(children.body.items?.map(({ name }) => name)).toEqual(['街道0', '街道1', '街道2', '街道3', '街道4']);
      expect(children.body['nextCursor']).toEqual(expect.any(String));
    });
  });

  it('reads a CSV with a byte order mark, and one in GBK', async () => {
    const withMark = iconv.encode('code,name\r\n440305100,有标记的街道\r\n', 'utf8', { addBOM: true });
    expect((await importCsv(withMark)).body).toMatchObject({ imported: 1, refused: [] });
    expect((await importCsv(iconv.encode('code,name\n440305101,国标街道\n', 'gbk'))).body).toMatchObject({ imported: 1, refused: [] });
    await eventually(async () => expect([await nameOf('440305100'), await nameOf('440305101')]).toEqual(['有标记的街道', '国标街道']));
  });

  it('keeps what it knows over a restart', async () => {
    await registry.restart();
    expect((await importCsv(district)).body).toMatchObject({ imported: 0, unchanged: 118 });
  });

  it('takes the good rows, and none at all when asked for all or nothing', async () => {
    const rows = 'code,name\n440305102,新街道\n440305999001,没有上级\n44,短\n';
    const all = await importCsv(rows, '?atomic=true');
    expect(all).toMatchObject({ status: 422, body: { code: 'IMPORT_REFUSED', imported: 0 } });
    expect(all.body.errors?.map(({ path }) => path)).toEqual(['line 3: code', 'line 4: code']);
    expect((await importCsv('code,name\n440305102,新街道\n', '?atomic=true')).body).toMatchObject({ imported: 1 });
    const some = await importCsv(rows.replace('102', '103'));
    expect(some.body).toMatchObject({
      imported: 1,
      refused: [{ line: 3, code: 'AREA_PARENT_UNKNOWN', path: 'code' }, { line: 4, code: 'AREA_CODE_INVALID', path: 'code' }],
    });
  });
});

describe('bad input is refused with one code and changes nothing', () => {
  it.each([
    ['a duplicate code', 'code,name\n440305110,甲\n440305110,乙\n', 'AREA_CODE_DUPLICATE', 'code'],
    ['a row that is not whole', 'code,name\n440305111\n', 'CSV_MALFORMED', 'line'],
  ])('%s', async (_, csv, code, path) => {
    expect((await importCsv(csv)).body.refused).toMatchObject([{ line: csv.split('\n').length - 1, code, path }]);
  });

  it.each([
    ['another encoding', iconv.encode('code,name\n440305112,日本ｱｲｳ\n', 'shift_jis'), 'CSV_ENCODING_UNKNOWN'],
    ['a column missing', Buffer.from('id,name\n440305112,x\n'), 'CSV_COLUMN_MISSING'],
    ['a quote inside a field', Buffer.from('code,name\n440305112,the "old" hall\n'), 'CSV_MALFORMED'],
    ['a column named twice', Buffer.from('code,name,name\n440305112,x,y\n'), 'CSV_COLUMN_DUPLICATE'],
    ['an open quote', Buffer.from('code,name\n440305112,"x\n'), 'CSV_MALFORMED'],
  ])('a CSV with %s', async (_, bytes, code) => {
    expect(await importCsv(bytes)).toMatchObject({ status: 422, body: { code } });
  });

  it('a file that is too large, or of another kind', async () => {
    expect(await importCsv(`code,name\n${'440305113,x\n'.repeat(150_000)}`)).toMatchObject({ status: 413, body: { code: 'IMPORT_TOO_LARGE' } });
    const excel = await registry.call(admin, 'POST', '/api/areas/import', { body: 'x', type: 'application/vnd.ms-excel' });
    expect(excel).toMatchObject({ status: 415, body: { code: 'MEDIA_TYPE_UNSUPPORTED' } });
  });

  it('by anybody but an administrator of the area', async () => {
    const body = 'code,name\n440306,宝安区\n';
    expect(await registry.call(operator, 'POST', '/api/areas/import', { body, type: 'text/csv' })).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect((await importCsv(body)).body.refused).toMatchObject([{ line: 2, code: 'AREA_OUT_OF_SCOPE', path: 'code' }]);
  });

  it('outlines: unknown area, crossing, outside the parent, over a sibling', async () => {
    const good = await importGeoJson([feature('440305', box(113.8, 22.4, 114, 22.6)), feature('440305001', box(113.8, 22.4, 113.9, 22.6))]);
    expect(good.body).toMatchObject({ imported: 2, refused: [] });
    const bowTie = [[113.9, 22.4], [114, 22.5], [114, 22.4], [113.9, 22.5], [113.9, 22.4]];
    const bad = await importGeoJson([
      feature('440305900', box(113.95, 22.5, 113.96, 22.6)),
      feature('440305002', bowTie),
      feature('440305003', box(113.95, 22.5, 114.1, 22.6)),
      feature('440305004', box(113.85, 22.5, 113.95, 22.6)),
    ]);
    expect(bad.body).toMatchObject({
      imported: 0,
      refused: [
        { index: 0, code: 'AREA_UNKNOWN', path: 'properties.code' },
        { index: 1, code: 'BOUNDARY_SELF_CROSSING', path: 'geometry.coordinates.0' },
        { index: 2, code: 'BOUNDARY_OUTSIDE_PARENT', path: 'geometry.coordinates.0' },
        { index: 3, code: 'BOUNDARY_OVERLAPS_SIBLING', path: 'geometry.coordinates.0' },
      ],
    });
    expect(await registry.call(operator, 'GET', '/api/areas/440305004/boundary')).toMatchObject({ status: 404, body: { code: 'BOUNDARY_UNKNOWN' } });
  });
});

describe('editions of an outline', () => {
  it('answer for the time asked for, on the map and by place', async () => {
    const redrawn = await importGeoJson([feature('440305001', box(113.8, 22.4, 113.85, 22.6), { validFrom: '2026-05-01T00:00:00Z' })]);
    expect(redrawn.body).toMatchObject({ imported: 1, refused: [] });
    const boundary = (at: string) => registry.call(operator, 'GET', `/api/areas/440305001/boundary?at=${at}`);
    for (const at of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-01:00']) expect(await boundary(at)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'at' }] } });
    const located = async (at: string) => {
      const { body } = await registry.call(operator, 'GET', `/api/areas/locate?lng=113.88&lat=22.5&at=${at}`);
      return (body['area'] as { code: string }).code;
    };
    await eventually(async () => {
      expect((await boundary('2026-04-30T23:59:59Z')).body['properties']).toMatchObject({ edition: 1, validFrom: '1970-01-01T00:00:00.000Z' });
      expect((await boundary('2026-05-01T00:00:00Z')).body['properties']).toMatchObject({ edition: 2 });
    });
    expect([await located('2026-04-01T00:00:00Z'), await located('2026-06-01T00:00:00Z')]).toEqual(['440305001', '440305']);
    const map = await registry.call(operator, 'GET', '/api/areas/440305/boundaries?kind=street&at=2026-06-01T00:00:00Z');
    expect(map.body['features']).toMatchObject([{ id: '440305001', geometry: { type: 'Polygon' }, properties: { kind: 'street', edition: 2 } }]);
  });

  it('name what is wrong with the question', async () => {
    const get = (path: string) => registry.call(operator, 'GET', `/api/areas/${path}`);
    expect(await get('440399')).toMatchObject({ status: 404, body: { code: 'AREA_UNKNOWN' } });
    expect(await get('44')).toMatchObject({ status: 422, body: { code: 'AREA_CODE_INVALID' } });
    expect(await get('locate?lng=&lat=')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'lng' }, { path: 'lat' }] } });
    expect(await get('locate?lng=500&lat=x')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'lng' }, { path: 'lat' }] } });
    expect(await get('locate?lng=1&lat=1')).toMatchObject({ status: 404, body: { code: 'LOCATION_UNKNOWN' } });
    expect(await get('440305')).toMatchObject({ status: 200, etag: expect.stringMatching(/^"\d+"$/), body: { kind: 'county', hasBoundary: true, parentCode: null } });
  });
});

describe('an outline larger than any event store takes', () => {
  it('is refused alone, with the limit, and the others of the file are taken', async () => {
    const positions = 32_000;
    const circle = Array.from({ length: positions + 1 }, (_, i) => {
      const angle = ((i % positions) / positions) * 2 * Math.PI;
      return [113.95 + 0.01 * Math.cos(angle), 22.45 + 0.01 * Math.sin(angle)];
    });
    const { body } = await importGeoJson([
      feature('440305008', circle),
      feature('440305009', box(113.97, 22.5, 113.98, 22.6)),
    ]);
    expect(body).toMatchObject({
      imported: 1,
      refused: [{ index: 0, code: 'EVENT_TOO_LARGE', path: 'geometry', message: expect.stringMatching(/at most 1032192/) }],
    });
  });
});
