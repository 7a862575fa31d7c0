import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readAreaCsv } from './read-area-csv.js';
import { readAreaGeoJson } from './read-area-geojson.js';

const csv = 'code,name,cityCode\n440305,"南山区",4403\n440305001,南头街道,4403\n';
const names = async (bytes: Uint8Array) => (await readAreaCsv(bytes)).items.map(({ name }) => name);
const codeOf = (error: unknown) => (error as { code: string }).code;

describe('reading a CSV of areas', () => {
  it.each(['utf8', 'gbk', 'gb18030'])('understands %s', async (encoding) => {
    expect(await names(iconv.encode(csv, encoding))).toEqual(['南山区', '南头街道']);
  });

  it('understands UTF-8 with a byte order mark, and Windows line ends', async () => {
    const { items } = await readAreaCsv(iconv.encode(csv.replaceAll('\n', '\r\n'), 'utf8', { addBOM: true }));
    expect(items.map(({ place, code }) => [place, code])).toEqual([[{ line: 2 }, '440305'], [{ line: 3 }, '440305001']]);
  });

  it('refuses another encoding with CSV_ENCODING_UNKNOWN', async () => {
    await expect(readAreaCsv(iconv.encode('code,name\n440305,日本ｱｲｳ\n', 'shift_jis')).catch(codeOf)).resolves.toBe('CSV_ENCODING_UNKNOWN');
  });

  it('refuses a file without its columns, or with an open quote, as a whole', async () => {
    await expect(readAreaCsv(Buffer.from('id,name\n1,2\n')).catch(codeOf)).resolves.toBe('CSV_COLUMN_MISSING');
    await expect(readAreaCsv(Buffer.from('')).catch(codeOf)).resolves.toBe('CSV_COLUMN_MISSING');
    await expect(readAreaCsv(Buffer.from('code,name\n440305,"南山区\n')).catch(codeOf)).resolves.toBe('CSV_MALFORMED');
  });

  it('refuses a row that is not whole and takes the others', async () => {
    const { items, refused } = await readAreaCsv(Buffer.from('code,name\n440305\n440306,宝安区\n,无\n'));
    expect(items.map(({ code }) => code)).toEqual(['440306']);
    expect(refused.map((one) => ({ ...one, message: '' }))).toEqual([
      { line: 2, code: 'CSV_MALFORMED', path: 'line', message: '' },
      { line: 4, code: 'CSV_MALFORMED', path: 'code', message: '' },
    ]);
  });
});

describe('reading a GeoJSON of areas', () => {
  const square = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] };
  const feature = (properties: object, geometry: object | null = square) => ({ type: 'Feature', properties, geometry });
  const read = (content: unknown) => readAreaGeoJson(Buffer.from(JSON.stringify(content)));

  it('takes one feature or a collection', () => {
    expect(read(feature({ code: '440305', name: '南山区' })).items).toHaveLength(1);
    const { items } = read({ type: 'FeatureCollection', features: [feature({ code: 440305 }), feature({ code: '440306', validFrom: '2026-01-01T08:00:00+08:00', invented: true })] });
    expect(items[1]).toMatchObject({ place: { index: 1 }, name: null, validFrom: '2026-01-01T00:00:00.000Z', invented: true });
    expect(items[0]?.code).toBe('440305');
  });

  it.each([
    ['GEOJSON_MALFORMED', 'properties.code', feature({ name: 'x' })],
    ['GEOJSON_MALFORMED', 'geometry.coordinates.0.1.0', feature({ code: '440305' }, { type: 'Polygon', coordinates: [[[0, 0], ['x', 0], [1, 1], [0, 0]]] })],
    ['BOUNDARY_NOT_A_POLYGON', 'geometry.type', feature({ code: '440305' }, { type: 'Point', coordinates: [0, 0] })],
  ])('refuses a feature with %s at %s', (code, path, content) => {
    expect(read(content).refused).toMatchObject([{ index: 0, code, path }]);
  });

  it('refuses what is not JSON as a whole', () => {
    expect(() => readAreaGeoJson(Buffer.from('{'))).toThrow(expect.objectContaining({ code: 'GEOJSON_MALFORMED' }));
  });
});
