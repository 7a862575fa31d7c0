import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { MASTER_KEY, testDatabase, type TestDatabase } from '@brain/testing';
import { installPersonalData, rotateMasterKey } from './install-personal-data.js';
import { MasterKeyRing, newMasterKey } from './master-key-ring.js';
import type { MasterKeys } from './master-keys.port.js';
import { PostgresPersonKeys } from './postgres-person-keys.js';

const first = MasterKeyRing.fromText(MASTER_KEY);
const nobody = { readers: [], writers: [], erasers: [] };
let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 5 });
  for (let start = 1; start <= 2; start += 1) await asAdministrator((client) => installPersonalData(client, { masterKeys: first, ...nobody }));
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function asAdministrator<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
const rows = async (sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;
const keys = (masterKeys: MasterKeys = first, now?: () => number) => new PostgresPersonKeys(pool, masterKeys, now);

describe('the keys of people in PostgreSQL', () => {
  it('are one per person, though many make it at once', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => keys().forSealing(['person:a', 'case:b'])));
    expect(new Set(made.map((one) => one.get('person:a')?.keyId)).size).toBe(1);
    expect(new Set(made.map((one) => one.get('case:b')?.bytes.toString('hex'))).size).toBe(1);
    expect(await keys().keyIdOf('person:a')).toBe(made[0]?.get('person:a')?.keyId);
  });

  it('are on disk only wrapped', async () => {
    const key = (await keys().forSealing(['person:a'])).get('person:a');
    const [row] = await rows("SELECT wrapped FROM personal_data.person_key WHERE subject = 'person:a'");
    expect((row?.['wrapped'] as Buffer | undefined)?.includes(key?.bytes ?? '')).toBe(false);
  });

  it('are of use for their own person alone', async () => {
    const [ann, ben] = [await keys().forSealing(['person:ann']), await keys().forSealing(['person:ben'])];
    await pool.query(
      "UPDATE personal_data.person_key SET wrapped = (SELECT wrapped FROM personal_data.person_key WHERE subject = 'person:ann') WHERE subject = 'person:ben'",
    );
    expect(ann.get('person:ann')?.bytes).not.toEqual(ben.get('person:ben')?.bytes);
    await expect(keys().forSealing(['person:ben'])).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED' });
    await pool.query("DELETE FROM personal_data.person_key WHERE subject = 'person:ben'");
  });

  it('destroyed are gone for everybody within a second, and a person gets no other', async () => {
    let now = 0;
    const elsewhere = keys(first, () => now);
    const keyId = (await keys().forSealing(['person:carl'])).get('person:carl')?.keyId ?? '';
    expect((await elsewhere.forOpening([keyId])).size).toBe(1);
    for (let time = 1; time <= 2; time += 1) await keys().destroy('person:carl', keyId);
    now += 1_000;
    expect((await elsewhere.forOpening([keyId])).size).toBe(0);
    expect((await elsewhere.forSealing(['person:carl'])).size).toBe(0);
    expect(await rows(`SELECT 1 AS one FROM personal_data.person_key WHERE key_id = '${keyId}'`)).toEqual([]);
  });

  it('destroyed are replaced where a case goes on', async () => {
    const before = (await keys().forSealing(['case:d'])).get('case:d')?.keyId ?? '';
    await keys().destroy('case:d', before);
    const after = (await keys().forSealing(['case:d'])).get('case:d')?.keyId;
    expect(after).toMatch(/^[0-9a-f-]{36}$/);
    expect(after).not.toBe(before);
  });
});

describe('a rotation of the master key', () => {
  const fresh = newMasterKey('mk-next');
  const both = MasterKeyRing.fromText(`${fresh}${MASTER_KEY}`);
  const second = MasterKeyRing.fromText(fresh);

  it('is refused without the old one, which it names, and changes nothing', async () => {
    const before = await rows('SELECT * FROM personal_data.person_key ORDER BY key_id');
    await expect(asAdministrator((client) => rotateMasterKey(client, second))).rejects.toThrow('master key mk-test is needed');
    expect(await rows('SELECT * FROM personal_data.person_key ORDER BY key_id')).toEqual(before);
  });

  it('wraps every key anew, while services make more, so that a copy from before is of no use', async () => {
    const bytes = (await keys().forSealing(['person:a'])).get('person:a')?.bytes;
    const [copy] = await rows("SELECT * FROM personal_data.person_key WHERE subject = 'person:a'");
    const writers = Array.from({ length: 30 }, (_, n) => keys(both).forSealing([`person:new-${String(n)}`]));
    expect(await asAdministrator((client) => rotateMasterKey(client, both))).toBeGreaterThan(2);
    await Promise.all(writers);
    expect(await rows('SELECT DISTINCT master_key_id FROM personal_data.person_key')).toEqual([{ master_key_id: 'mk-next' }]);
    expect(await rows('SELECT key_id FROM personal_data.master_key')).toEqual([{ key_id: 'mk-next' }]);
    // Unchanged, and readable under the new master key alone.
    expect((await keys(second).forSealing(['person:a'])).get('person:a')?.bytes).toEqual(bytes);
    const context = `${String(copy?.['key_id'])}\nperson:a`;
    await expect(second.unwrap('mk-next', copy?.['wrapped'] as Buffer, context)).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED' });
  });

  it('leaves whoever still has the old one without a way to read', async () => {
    const keyId = (await keys(second).keyIdOf('person:a')) ?? '';
    await expect(keys(first).forOpening([keyId])).rejects.toThrow('master key mk-next is needed');
  });
});
