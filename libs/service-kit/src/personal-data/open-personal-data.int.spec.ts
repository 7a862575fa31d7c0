import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { installPersonalData, MasterKeyRing, newMasterKey } from '@brain/event-store';
import { MASTER_KEY, tempDir, testDatabase, TransitServer, type TestDatabase } from '@brain/testing';
import type { MasterKeyPlace } from './master-key-variables.js';
import { openMasterKeys, openPersonalData } from './open-personal-data.js';

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
    ['without one', null, /^master key mk-test is needed .* set BRAIN_MASTER_KEY_FILE or BRAIN_MASTER_KEY_KMS_URL$/],
    ['with another', { text: newMasterKey('mk-other') }, /^master key mk-test is needed .* only mk-other/],
    ['with another of the same name', { text: newMasterKey('mk-test') }, /^the master key given as mk-test is not the one/],
    ['with a file that is not there', { file: '/nowhere/master-keys' }, /cannot be read \(ENOENT\)/],
  ])('is refused %s, with the name of the key that is needed', async (_, place, message) => {
    await expect(openPersonalData(place, pool)).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringMatching(message) });
  });

  describe('from a KMS', () => {
    const kms = new TransitServer();
    let folder: Awaited<ReturnType<typeof tempDir>>;
    let place: { readonly url: string; readonly mount: string; readonly key: string; readonly tokenFile: string; readonly timeoutMs: number };

    beforeAll(async () => {
      folder = await tempDir();
      const tokenFile = join(folder.path, 'token');
      await writeFile(tokenFile, kms.token);
      place = { url: await kms.start(), mount: 'transit', key: 'community-brain', tokenFile, timeoutMs: 2_000 };
    });
    afterAll(async () => {
      await kms.stop();
      await folder.remove();
    });

    const install = async (given: MasterKeyPlace) => {
      const client = await pool.connect();
      await installPersonalData(client, { masterKeys: await openMasterKeys(given), readers: [], writers: [], erasers: [] });
      client.release();
    };

    it('is refused while the keys of people are still under a master key of a file', async () => {
      await expect(openPersonalData({ kms: place, older: null }, pool)).rejects.toThrow('master key mk-test is needed to read personal data and was not given, only community-brain-v1 of the KMS');
    });

    it('succeeds once the keys were brought over, with the file beside for the last time', async () => {
      const before = (await (await openPersonalData({ text: MASTER_KEY }, pool)).keys.forSealing(['person:a'])).get('person:a');
      await install({ kms: place, older: { text: MASTER_KEY } });
      const after = (await (await openPersonalData({ kms: place, older: null }, pool)).keys.forSealing(['person:a'])).get('person:a');
      expect(after).toEqual(before);
    });

    it('names the key that is needed when the KMS has none of that name, or lets us not see it', async () => {
      await expect(openPersonalData({ kms: { ...place, key: 'another' }, older: null }, pool)).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringContaining('master key community-brain-v1 is needed') });
      await expect(openPersonalData(null, pool)).rejects.toThrow('master key community-brain-v1 is needed');
    });

    it('is refused when the version that is needed was forbidden', async () => {
      kms.rotate();
      kms.minDecryptionVersion = 2;
      await expect(openPersonalData({ kms: place, older: null }, pool)).rejects.toThrow('community-brain-v1: ciphertext or signature version is disallowed by policy (too old)');
      kms.minDecryptionVersion = 1;
      await install({ kms: place, older: null });
      kms.minDecryptionVersion = 2;
      expect((await (await openPersonalData({ kms: place, older: null }, pool)).keys.forSealing(['person:a'])).size).toBe(1);
    });
  });
});
