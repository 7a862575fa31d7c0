import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.js';

const enough = { INGESTION_DATABASE_URL: 'postgres://localhost/brain', BRAIN_AUTH_JWKS_FILE: 'none' };

describe('settings that do not fit together stop the start', () => {
  it.each([
    ['TLS without its certificate', { INGESTION_TLS_PORT: '8883', INGESTION_TLS_KEY_FILE: 'key.pem' }, 'INGESTION_TLS_CERT_FILE: is needed'],
    ['questions of a broker without a secret', { INGESTION_AUTH_HTTP_PORT: '9001' }, 'INGESTION_AUTH_HTTP_SECRET: is needed'],
    ['a broker user without a broker', { INGESTION_BROKER_USERNAME: 'a', INGESTION_BROKER_PASSWORD: 'b' }, 'INGESTION_BROKER_URL: is needed'],
    ['no listener and no broker', { INGESTION_LISTENER: 'off' }, 'INGESTION_LISTENER: off needs'],
    ['a group with a slash', { INGESTION_BROKER_GROUP: 'a/b' }, 'INGESTION_BROKER_GROUP: may not have /'],
  ])('%s', (_what, settings, line) => {
    expect(() => loadConfig({ ...enough, ...settings })).toThrow(line);
  });

  it('and the others do not', () => {
    expect(loadConfig({ ...enough, INGESTION_LISTENER: 'off', INGESTION_BROKER_URL: 'mqtts://broker' }).INGESTION_BROKER_SESSIONS).toBe(1);
  });
});
