import { describe, expect, it } from '@jest/globals';
import { masterKeyPlaceOf } from './master-key-variables.js';

const kms = { BRAIN_MASTER_KEY_KMS_URL: 'https://kms.example:8200', BRAIN_MASTER_KEY_KMS_TOKEN_FILE: '/run/token' };

describe('where the master keys are', () => {
  it('is nowhere, in the environment, in a file, or in a KMS', () => {
    expect(masterKeyPlaceOf({})).toBeNull();
    expect(masterKeyPlaceOf({ BRAIN_MASTER_KEY: 'k' })).toEqual({ text: 'k' });
    expect(masterKeyPlaceOf({ BRAIN_MASTER_KEY_FILE: '/f' })).toEqual({ file: '/f' });
    expect(masterKeyPlaceOf(kms)).toEqual({
      kms: { url: 'https://kms.example:8200', mount: 'transit', key: 'community-brain', tokenFile: '/run/token', timeoutMs: 5000 },
      older: null,
    });
    expect(masterKeyPlaceOf({ ...kms, BRAIN_MASTER_KEY_FILE: '/f' })).toMatchObject({ older: { file: '/f' } });
  });

  it.each([
    [{ BRAIN_MASTER_KEY: 'k', BRAIN_MASTER_KEY_FILE: '/f' }, 'BRAIN_MASTER_KEY_FILE'],
    [{ BRAIN_MASTER_KEY_KMS_URL: 'https://kms.example' }, 'BRAIN_MASTER_KEY_KMS_TOKEN_FILE'],
    [{ BRAIN_MASTER_KEY_KMS_TOKEN_FILE: '/run/token' }, 'BRAIN_MASTER_KEY_KMS_URL'],
    [{ ...kms, BRAIN_MASTER_KEY_KMS_URL: 'kms.example' }, 'BRAIN_MASTER_KEY_KMS_URL'],
    [{ ...kms, BRAIN_MASTER_KEY_KMS_KEY: '../sys/seal' }, 'BRAIN_MASTER_KEY_KMS_KEY'],
    [{ ...kms, BRAIN_MASTER_KEY_KMS_TIMEOUT_MS: 'soon' }, 'BRAIN_MASTER_KEY_KMS_TIMEOUT_MS'],
  ])('%j is refused, naming %s', (env, variable) => {
    expect(() => masterKeyPlaceOf(env)).toThrow(variable);
  });
});
