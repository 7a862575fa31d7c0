import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { masterKeyPlaceOf, openMasterKeys } from '@brain/service-kit';
import { tempDir, TransitServer, type TempDir } from '@brain/testing';

describe('a KMS behind TLS', () => {
  let folder: TempDir;
  let kms: TransitServer;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = await tempDir();
    const made = await generate([{ name: 'commonName', value: 'kms' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    kms = new TransitServer('community-brain', { cert: made.cert, key: made.private });
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(path.join(folder.path, name), text);
      return path.join(folder.path, name);
    };
    env = {
      BRAIN_MASTER_KEY_KMS_URL: await kms.start(),
      BRAIN_MASTER_KEY_KMS_TOKEN_FILE: await file('token', kms.token),
      BRAIN_MASTER_KEY_KMS_CA_FILE: await file('ca.crt', made.cert),
    };
  });
  afterAll(async () => {
    await kms.stop();
    await folder.remove();
  });

  it('is believed with the authority of its certificate', async () => {
    const keys = await openMasterKeys(masterKeyPlaceOf(env));
    const wrapped = await keys.wrap(keys.newest, Buffer.alloc(32, 7), 'somebody');
    expect(await keys.unwrap(keys.newest, wrapped, 'somebody')).toEqual(Buffer.alloc(32, 7));
  });

  it('is not asked without it: no token goes to somebody we do not know', async () => {
    const asked = kms.asked.length;
    await expect(openMasterKeys(masterKeyPlaceOf({ ...env, BRAIN_MASTER_KEY_KMS_CA_FILE: undefined }))).rejects.toMatchObject({ code: 'MASTER_KEY_REFUSED', message: expect.stringMatching(/certificate of the KMS .* check BRAIN_MASTER_KEY_KMS_CA_FILE/) as unknown });
    expect(kms.asked).toHaveLength(asked);
  });

  it('names the variable of an authority that is not there', async () => {
    await expect(openMasterKeys(masterKeyPlaceOf({ ...env, BRAIN_MASTER_KEY_KMS_CA_FILE: '/nowhere/ca.crt' }))).rejects.toMatchObject({
      code: 'MASTER_KEY_REFUSED',
      message: expect.stringContaining('check BRAIN_MASTER_KEY_KMS_CA_FILE') as unknown,
    });
  });
});
