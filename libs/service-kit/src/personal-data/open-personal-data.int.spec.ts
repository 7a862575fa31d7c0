import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { installPersonalData, MasterKeyRing, newMasterKey } from '@brain/event-store';
import { MASTER_KEY, testDatabase, type TestDatabase } from '@brain/testing';
import { openPersonalData } from './open-personal-data.js';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('the start of a service that shows personal data', () => {
  it('is refused before the provisioning', async () => {
    await expect(openPersonalData({ text: MASTER_KEY }, pool)).rejects.toMatchObject({ code: 'PERSONAL_DATA_REFUSED', message: expect.stringContaining('provisioning') });
  });

  it('succeeds with the master key that is needed', async () => {
    const client = await pool.connect();
    await installPersonalData(client, { masterKeys: MasterKeyRing.fromText(MASTER_KEY), readers: [], writers: [], erasers: [] });
    client.release();
    const { keys } = await openPersonalData({ text: MASTER_KEY }, pool);
    expect((await keys.forSealing(['person:a'])).size).toBe(1);
  });

  it.each([
    ['without one', null, /^master key mk-test is needed .* set BRAIN_MASTER_KEY_FILE$/],
    ['with another', { text: newMasterKey('mk-other') }, /^master key mk-test is needed .* only mk-other/],
    ['with another of the same name', { text: newMasterKey('mk-test') }, /^the master key given as mk-test is not the one/],
    ['with a file that is not there', { file: '/nowhere/master-keys' }, /cannot be read \(ENOENT\)/],
  ])('is refused %s, with the name of the key that is needed', async (_, place, message) => {
    await expect(openPersonalData(place, pool)).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringMatching(message) });
  });
});
