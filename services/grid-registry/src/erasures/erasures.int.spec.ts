import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { deviceRegisteredV1, ERASED } from '@brain/contracts';
import { createEventCodec, rebuildReadTables } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { deviceEvent, openRecord, person, startGridRegistry, type GridRegistryUnderTest } from '../grid-registry-service.fixture.js';
import { readTables } from '../replay.js';

const [ada, otto, far] = [person('ada', 'administrator'), person('otto', 'auditor'), person('far', 'auditor', ['440306'])];
const NAME = '欧阳慕容';
let registry: GridRegistryUnderTest;
let pool: pg.Pool;

beforeAll(async () => {
  registry = await startGridRegistry({ GRID_ERASURE_POLL_MS: '20' });
  pool = new pg.Pool({ connectionString: registry.databaseUrl, max: 4 });
  await registry.call(ada, 'POST', '/api/areas/import', { body: 'code,name\n440305,南山区\n440306,宝安区\n', type: 'text/csv' });
});
afterAll(async () => {
  await pool.end();
  await registry.stop();
});

const register = async (name: string) => {
  const { body } = await registry.call(ada, 'POST', '/api/staff', { body: { name, roles: ['grid-worker'], areaCodes: ['440305'] }, headers: { 'idempotency-key': `register-${encodeURIComponent(name)}` } });
  return String(body['staffId']);
};
const erase = (who: typeof ada, id: string) => registry.call(who, 'POST', `/api/people/${id}/erase`);
const stored = async () => (await pool.query<{ line: string }>('SELECT event::text AS line FROM event_store.event ORDER BY transaction_id, position')).rows.map(({ line }) => line);

/** Every row of every table of the database, as text. */
async function wholeDatabase(): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const tables = await Promise.all(rows.map(({ name }) => pool.query<{ line: string }>(`SELECT one::text AS line FROM ${name} AS one`)));
  const lines = tables.flatMap((table) => table.rows.map(({ line }) => line));
  // The bus keeps its records as bytes.
  return lines.map((line) => line.replace(/\\\\?x([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('utf8'))).join('\n');
}
const escaped = JSON.stringify(NAME).slice(1, -1);

async function replay() {
  const store = openRecord(registry.databaseUrl, pool);
  try {
    return await rebuildReadTables({ store, pool, ...readTables, migrationsDir: fileURLToPath(new URL('../../migrations', import.meta.url)) });
  } finally {
    await store.close();
  }
}

describe('a member of staff', () => {
  it('is erased when two people ask for it, and then is nowhere in the database', async () => {
    const staffId = await register(NAME);
    await eventually(async () => expect((await registry.call(ada, 'GET', `/api/staff?q=${NAME}`)).body.items).toHaveLength(1));
    const before = await stored();
    expect(before.join('\n')).not.toContain(NAME);

    expect(await erase(ada, staffId)).toMatchObject({ status: 202, body: { subject: `person:${staffId}`, state: 'requested', requestedBy: 'ada' } });
    expect(await erase(ada, staffId)).toMatchObject({ status: 202, body: { state: 'requested' } });
    expect((await registry.call(ada, 'GET', `/api/staff/${staffId}`)).body['name']).toBe(NAME);
    expect(await erase(otto, staffId)).toMatchObject({ status: 200, body: { subject: `person:${staffId}` } });

    await eventually(async () => expect((await registry.call(otto, 'GET', `/api/people/${staffId}/erasure`)).body['state']).toBe('erased'));
    await eventually(async () => expect((await registry.call(ada, 'GET', '/api/staff')).body.items).toMatchObject([{ staffId, name: ERASED, availability: 'unavailable' }]));
    await eventually(async () => {
      const dump = await wholeDatabase();
      expect(dump).toContain('网格员'); // so it can be searched
      expect(dump.includes(NAME) || dump.includes(escaped)).toBe(false);
    });
    expect((await registry.call(ada, 'GET', `/api/staff?q=${NAME}`)).body.items).toEqual([]);
    expect((await stored()).slice(0, before.length)).toEqual(before);
  });

  it('is shown the same by a replay', async () => {
    const comparisons = await replay();
    expect(comparisons.filter(({ identical }) => !identical)).toEqual([]);
    expect(comparisons.map(({ table }) => table)).toContain('erasure_list');
  });

  it('cannot be brought back, changed or registered again', async () => {
    const staffId = await register('钱一');
    await erase(ada, staffId);
    await erase(otto, staffId);
    const profile = { name: '钱一', roles: ['grid-worker'], areaCodes: ['440305'] };
    await eventually(async () =>
      expect(await registry.call(ada, 'PUT', `/api/staff/${staffId}`, { body: profile })).toMatchObject({ status: 409, body: { code: 'STAFF_ERASED' } }),
    );
    await eventually(async () => expect(await erase(ada, staffId)).toMatchObject({ status: 200, body: { state: 'erased' } }));
  });

  it('whose key comes back with an old copy of the table is erased again', async () => {
    const staffId = await register('孙二');
    const { rows: copy } = await pool.query<Record<string, unknown>>('SELECT * FROM personal_data.person_key WHERE subject = $1', [`person:${staffId}`]);
    await erase(ada, staffId);
    await erase(otto, staffId);
    const count = async () => (await pool.query('SELECT FROM personal_data.person_key WHERE subject = $1', [`person:${staffId}`])).rowCount;
    await eventually(async () => expect(await count()).toBe(0));
    await pool.query('INSERT INTO personal_data.person_key SELECT * FROM json_populate_recordset(null::personal_data.person_key, $1)', [
      JSON.stringify(copy.map((row) => ({ ...row, wrapped: `\\x${(row['wrapped'] as Buffer).toString('hex')}` }))),
    ]);
    await eventually(async () => expect(await count()).toBe(0));
  });

  it('is erased though the service ended between the decision and the deed', async () => {
    const staffId = await register('李三');
    await erase(ada, staffId);
    await erase(otto, staffId);
    await registry.restart();
    await eventually(async () => expect((await registry.call(otto, 'GET', `/api/people/${staffId}/erasure`)).body['state']).toBe('erased'));
    await eventually(async () => expect(await wholeDatabase()).not.toContain('李三'));
  });

  it('is not erased by strangers, by other roles, nor by a wrong id', async () => {
    const staffId = await register('周四');
    const unknown = randomUUID();
    const asked = async (id: string) => {
      const answers = [await erase(far, id), await registry.call(far, 'GET', `/api/people/${id}/erasure`)];
      return JSON.stringify(answers.map(({ status, body }) => [status, body])).replaceAll(id, 'the id');
    };
    expect(await asked(staffId)).toEqual(await asked(unknown));
    expect(await erase(far, unknown)).toMatchObject({ status: 404, body: { code: 'PERSON_UNKNOWN' } });
    expect(await erase(person('olga', 'operator'), staffId)).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await erase(ada, 'somebody')).toMatchObject({ status: 422, body: { code: 'PERSON_ID_INVALID', errors: [{ path: 'id' }] } });
    expect(await erase(ada, 'case:018f0000-0000-7000-8000-000000000002')).toMatchObject({ status: 404, body: { code: 'PERSON_UNKNOWN' } });
    expect((await registry.call(otto, 'GET', `/api/people/${staffId}/erasure`)).body['state']).toBe('none');
  });
});

describe('the wearer of a device, who is no member of staff', () => {
  const wearerId = randomUUID();
  const subject = `person:${wearerId}`;
  const deviceId = randomUUID();

  it('is unknown before there is a device of theirs, and erased like anybody afterwards', async () => {
    expect(await erase(ada, wearerId)).toMatchObject({ status: 404, body: { code: 'PERSON_UNKNOWN' } });
    const store = openRecord(registry.databaseUrl, pool);
    const { type, data } = createEventCodec([deviceRegisteredV1]).encode({ type: 'DeviceRegistered', data: { deviceId, name: NAME, kind: 'wristband', areaCode: '440305', location: null, wearerId } });
    const { events } = await store.append([{ streamId: `device-${deviceId}`, expectedRevision: 'none', events: [{ eventId: randomUUID(), type, data, metadata: deviceEvent('', type, data, '440305').metadata }] }]);
    await store.close();
    expect(JSON.stringify(await stored())).not.toContain(NAME);
    await registry.publishDeviceEvent({ ...deviceEvent(`device-${deviceId}`, type, data, '440305'), eventId: events[0]?.eventId ?? '' });

    await eventually(async () => expect(await erase(ada, wearerId)).toMatchObject({ status: 202, body: { subject, state: 'requested' } }));
    expect(await erase(far, wearerId)).toMatchObject({ status: 404, body: { code: 'PERSON_UNKNOWN' } });
    expect(await erase(otto, wearerId)).toMatchObject({ status: 200, body: { subject } });
    await eventually(async () => expect((await registry.call(otto, 'GET', `/api/people/${wearerId}/erasure`)).body['state']).toBe('erased'));
    expect((await pool.query('SELECT FROM personal_data.person_key WHERE subject = $1', [subject])).rowCount).toBe(0);
  });
});
