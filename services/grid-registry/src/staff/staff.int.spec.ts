import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { eventually } from '@brain/testing';
import { person, startGridRegistry, type GridRegistryUnderTest } from '../grid-registry-service.fixture.js';

const admin = person('ada', 'administrator');
const operator = person('olga', 'operator', ['440305001']);
let registry: GridRegistryUnderTest;

beforeAll(async () => {
  registry = await startGridRegistry();
  const areas = 'code,name\n440305,南山区\n440305001,南头街道\n440305002,南山街道\n440305001001,南头城社区\n';
  await registry.call(admin, 'POST', '/api/areas/import', { body: areas, type: 'text/csv' });
});
afterAll(() => registry.stop());

const jing = { name: '陈静', roles: ['grid-worker'], areaCodes: ['440305001001'], skills: ['lift', 'mediation'] };
const register = (body: object, headers: Readonly<Record<string, string>> = {}) => registry.call(admin, 'POST', '/api/staff', { body, headers });
const names = async (query: string, who = admin) => (await registry.call(who, 'GET', `/api/staff${query}`)).body.items?.map(({ name }) => name);

describe('staff', () => {
  it('are registered off duty, changed under If-Match, and come on duty', async () => {
    const registered = await register(jing);
    expect(registered).toMatchObject({ status: 201, etag: '"0"', body: { ...jing, post: '网格员', availability: 'off-duty' } });
    const path = `/api/staff/${String(registered.body['staffId'])}`;
    const onDuty = await registry.call(operator, 'POST', `${path}/availability`, { body: { availability: 'on-duty' } });
    expect(onDuty).toMatchObject({ status: 200, etag: '"1"', body: { availability: 'on-duty' } });
    const stale = await registry.call(admin, 'PUT', path, { body: { ...jing, post: '网格长' }, headers: { 'if-match': '"0"' } });
    expect(stale).toMatchObject({ status: 412, body: { code: 'REVISION_STALE' } });
    const changed = await registry.call(admin, 'PUT', path, { body: { ...jing, post: '网格长' }, headers: { 'if-match': '"1"' } });
    expect(changed).toMatchObject({ status: 200, etag: '"2"', body: { post: '网格长', availability: 'on-duty' } });
    expect(await registry.call(operator, 'GET', path)).toMatchObject({ status: 200, etag: '"2"', body: { post: '网格长' } });
  });

  it('sent twice with one Idempotency-Key are one person', async () => {
    const body = { ...jing, name: '一次', availability: 'on-duty' };
    const [first, second] = [await register(body, { 'idempotency-key': 'once' }), await register(body, { 'idempotency-key': 'once' })];
    expect(second.body).toMatchObject({ staffId: first.body['staffId'], availability: 'on-duty' });
    expect(await register({ ...body, name: '二次' }, { 'idempotency-key': 'once' })).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('are refused with the path: unknown area, area of another, wrong role', async () => {
    expect(await register({ ...jing, areaCodes: ['440305001001', '440305009'] })).toMatchObject({
      status: 422,
      body: { code: 'AREA_UNKNOWN', errors: [{ path: 'areaCodes.1' }] },
    });
    const local = person('lin', 'administrator', ['440305002']);
    expect(await registry.call(local, 'POST', '/api/staff', { body: jing })).toMatchObject({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE' } });
    expect(await register({ ...jing, roles: ['king'] })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'roles.0' }] } });
    expect(await registry.call(operator, 'POST', '/api/staff', { body: jing })).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await registry.call(admin, 'GET', '/api/staff/018f0000-0000-7000-8000-000000000002')).toMatchObject({ status: 404, body: { code: 'STAFF_UNKNOWN' } });
  });

  it('set their own availability, not that of others', async () => {
    const staffId = String((await register({ ...jing, name: '自己' })).body['staffId']);
    const set = (who: typeof admin) => registry.call(who, 'POST', `/api/staff/${staffId}/availability`, { body: { availability: 'on-leave' } });
    expect(await set(person('other', 'evaluator'))).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await set(person('colleague', 'grid-worker'))).toMatchObject({ status: 404, body: { code: 'STAFF_UNKNOWN' } });
    expect(await set(person('self', 'grid-worker', ['440305001001'], staffId))).toMatchObject({ status: 200, body: { availability: 'on-leave' } });
  });

  it('outside the areas of the caller are answered as people who are not registered', async () => {
    const staffId = String((await register({ ...jing, name: '远方' })).body['staffId']);
    const asked = async (id: string) => [
      await registry.call(person('far', 'operator', ['440305002']), 'GET', `/api/staff/${id}`),
      await registry.call(person('far', 'operator', ['440305002']), 'POST', `/api/staff/${id}/availability`, { body: { availability: 'on-leave' } }),
      await registry.call(person('far', 'administrator', ['440305002']), 'PUT', `/api/staff/${id}`, { body: { ...jing, areaCodes: ['440305002'] } }),
      // A grid worker sees no colleague.
      await registry.call(person('colleague', 'grid-worker', ['440305']), 'GET', `/api/staff/${id}`),
    ];
    const unknown = await asked('018f0000-0000-7000-8000-000000000002');
    for (const answer of unknown) expect(answer).toMatchObject({ status: 404, body: { code: 'STAFF_UNKNOWN' } });
    expect(await asked(staffId)).toEqual(unknown);
  });

  it('are named to the security administrator whose accounts may speak for them, with no more than name and post', async () => {
    const security = person('sec', 'security-administrator');
    const named = (who: typeof admin) => registry.call(who, 'GET', `/api/staff/names?q=${encodeURIComponent('远方')}`);
    await eventually(async () => expect((await named(security)).body.items).toEqual([{ staffId: expect.any(String), name: '远方', post: expect.any(String) }]));
    expect((await named(person('sec', 'security-administrator', ['440306']))).body.items).toEqual([]);
  });

  it('come in by CSV, once', async () => {
    const csv = 'name,roles,areaCodes,skills,post,availability\n周洋,grid-worker;operator,440305002,gas;lift,网格员,on-duty\n吴敏,grid-worker,440305777,,,\n,grid-worker,440305,,,\n';
    const send = () => registry.call(admin, 'POST', '/api/staff/import', { body: csv, type: 'text/csv' });
    expect((await send()).body).toMatchObject({
      imported: 1,
      unchanged: 0,
      refused: [{ line: 3, code: 'AREA_UNKNOWN', path: 'areaCodes.0' }, { line: 4, code: 'VALIDATION_FAILED', path: 'name' }],
    });
    expect((await send()).body).toMatchObject({ imported: 0, unchanged: 1 });
  });

  it('come in by CSV in GBK or with a byte order mark, too', async () => {
    const send = (body: Uint8Array) => registry.call(admin, 'POST', '/api/staff/import', { body, type: 'text/csv' });
    const csv = (name: string) => `name,roles,areaCodes\n${name},evaluator,440305002\n`;
    expect((await send(iconv.encode(csv('国标'), 'gbk'))).body).toMatchObject({ imported: 1, refused: [] });
    expect((await send(iconv.encode(csv('有标'), 'utf8', { addBOM: true }))).body).toMatchObject({ imported: 1, refused: [] });
    await eventually(async () => expect([await names('?q=国标'), await names('?q=有标')]).toEqual([['国标'], ['有标']]));
    expect((await send(iconv.encode(csv('Zürich'), 'utf16le'))).body).toMatchObject({ imported: 1, refused: [] });
    expect(await send(iconv.encode(csv('Zürich é,'), 'latin1'))).toMatchObject({ status: 422, body: { code: 'CSV_ENCODING_UNKNOWN' } });
  });

  it('come in by CSV, a row with a column too many and a file with a quote inside a field not at all', async () => {
    const send = (body: string) => registry.call(admin, 'POST', '/api/staff/import', { body, type: 'text/csv' });
    const long = await send('name,roles,areaCodes\n多列,evaluator,440305002,lost\n');
    expect(long.body).toMatchObject({ imported: 0, refused: [{ line: 2, code: 'CSV_MALFORMED', path: 'line' }] });
    expect(await send('name,roles,areaCodes\nthe "old" one,evaluator,440305002\n')).toMatchObject({ status: 422, body: { code: 'CSV_MALFORMED', errors: [{ path: 'line 2' }] } });
  });

  it('are listed by area, role, availability and name, within the areas of the reader', async () => {
    await eventually(async () => expect(await names('?area=440305002&role=grid-worker')).toEqual(['周洋']));
    expect(await names('?role=operator')).toEqual(['周洋']);
    expect(await names('?availability=on-leave')).toEqual(['自己']);
    expect(await names('?q=陈')).toEqual(['陈静']);
    expect(await names('', operator)).not.toContain('周洋');
    expect(await names('?availability=sleeping')).toBeUndefined();
    const [first] = [await registry.call(admin, 'GET', '/api/staff?limit=2')];
    const rest = await names(`?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect(new Set([...(first.body.items ?? []).map(({ name }) => name), ...(rest ?? [])]).size).toBe(4);
  });
});
