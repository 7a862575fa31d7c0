import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isPassingFault } from '@brain/contracts';
import { tempDir, TransitServer } from '@brain/testing';
import { TransitMasterKeys } from './transit-master-keys.js';
import type { TransitPlace } from './transit-client.js';

const dataKey = Buffer.alloc(32, 9);

describe('master keys in a KMS', () => {
  let kms: TransitServer;
  let folder: Awaited<ReturnType<typeof tempDir>>;
  let place: TransitPlace;
  const opened: TransitMasterKeys[] = [];

  beforeEach(async () => {
    kms = new TransitServer();
    folder = await tempDir();
    await writeFile(join(folder.path, 'token'), `${kms.token}\n`);
    place = { url: await kms.start(), mount: 'transit', key: 'community-brain', tokenFile: join(folder.path, 'token'), timeoutMs: 2_000 };
  });
  afterEach(async () => {
    for (const keys of opened.splice(0)) keys.close();
    await kms.stop();
    await folder.remove();
  });

  const open = async (over: Partial<TransitPlace> = {}, needed?: readonly string[]): Promise<TransitMasterKeys> => {
    const keys = await TransitMasterKeys.open({ ...place, ...over }, needed);
    opened.push(keys);
    return keys;
  };

  it('wrap for one person alone, and never come here', async () => {
    const keys = await open({ namespace: 'city/nanshan' });
    expect(keys.newest).toBe('community-brain-v1');
    const wrapped = await keys.wrap(keys.newest, dataKey, 'key 1 of person a');
    expect(wrapped.toString()).toMatch(/^vault:v1:/);
    expect(await keys.unwrap(keys.newest, wrapped, 'key 1 of person a')).toEqual(dataKey);
    await expect(keys.unwrap(keys.newest, wrapped, 'key 1 of person b')).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringMatching(/community-brain-v1: cipher: message authentication failed/) });
    expect(kms.asked.map(({ method, path }) => `${method} ${path}`).slice(0, 3)).toEqual([
      'GET /v1/transit/keys/community-brain', 'POST /v1/transit/encrypt/community-brain', 'POST /v1/transit/decrypt/community-brain',
    ]);
    expect(new Set(kms.asked.map(({ namespace }) => namespace))).toEqual(new Set(['city/nanshan']));
  });

  it('have a name per version: after a rotation the one before still opens, until the KMS forbids it', async () => {
    const keys = await open();
    const old = await keys.wrap(keys.newest, dataKey, 'a');
    kms.rotate();
    const now = await open();
    expect(now.newest).toBe('community-brain-v2');
    expect((await now.wrap('community-brain-v2', dataKey, 'a')).toString()).toMatch(/^vault:v2:/);
    expect(await now.unwrap('community-brain-v1', old, 'a')).toEqual(dataKey);
    // What runs since before the rotation uses the new one as soon as the key table says so.
    expect((await keys.wrap('community-brain-v2', dataKey, 'a')).toString()).toMatch(/^vault:v2:/);
    kms.minDecryptionVersion = 2;
    await expect(now.unwrap('community-brain-v1', old, 'a')).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringContaining('community-brain-v1: ciphertext or signature version is disallowed by policy (too old)') });
  });

  it('name the key that is needed when it is another', async () => {
    const keys = await open();
    await expect(keys.unwrap('mk-20260101-000000', Buffer.from('x'), 'a')).rejects.toThrow('master key mk-20260101-000000 is needed to read personal data and was not given, only community-brain-v1 of the KMS');
    await expect(keys.unwrap('community-brain-v1', Buffer.from('no ciphertext of a KMS'), 'a')).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED' });
  });

  it('are refused at the start with the name of the key that is needed', async () => {
    await expect(open({ key: 'other' }, ['other-v4'])).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringMatching(/^master key other-v4 is needed .* has no key other$/) });
    await writeFile(place.tokenFile, 'hvs.another');
    await expect(open()).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringMatching(/permission denied.*check the token/) });
    await rm(place.tokenFile);
    await expect(open()).rejects.toThrow('check BRAIN_MASTER_KEY_KMS_TOKEN_FILE');
  });

  it('are refused when the key cannot hold what it wraps to one person', async () => {
    kms.type = 'rsa-2048';
    await expect(open()).rejects.toThrow('key community-brain is rsa-2048, which cannot hold a key to its person');
  });

  it.each([
    ['sealed', { status: 503, errors: ['Vault is sealed'] }, /503 Vault is sealed/],
    ['overwhelmed', { status: 429, errors: [] }, /429/],
    ['silent', 'silence', /no answer within 100 ms/],
  ] as const)('are waited for when the KMS is %s', async (_, fault, message) => {
    kms.fault = fault;
    const failure = await open({ timeoutMs: 100 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'MASTER_KEYS_UNAVAILABLE', message: expect.stringMatching(message) });
    expect(isPassingFault(failure)).toBe(true);
  });

  it('are waited for when nothing listens, and when a token ran out while we work', async () => {
    const keys = await open();
    await writeFile(place.tokenFile, 'hvs.expired');
    await expect(keys.wrap(keys.newest, dataKey, 'a')).rejects.toMatchObject({ code: 'MASTER_KEYS_UNAVAILABLE' });
    await writeFile(place.tokenFile, kms.token);
    await keys.wrap(keys.newest, dataKey, 'a');
    await kms.stop();
    await expect(keys.wrap(keys.newest, dataKey, 'a')).rejects.toMatchObject({ code: 'MASTER_KEYS_UNAVAILABLE' });
    await kms.start();
  });
});
