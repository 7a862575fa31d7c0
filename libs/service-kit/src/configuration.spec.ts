import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tempDir } from '@brain/testing';
import { z } from 'zod';
import { ConfigurationError, parseConfig } from './configuration.js';

const env = {
  CASES_DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/brain',
  BRAIN_AUTH_JWKS_FILE: '/keys/jwks.json',
};
const shape = { CASES_CAPACITY: z.coerce.number().int().min(1).default(8) };

describe('the configuration of a service', () => {
  it('has defaults and the service’s own variables', () => {
    const config = parseConfig('CASES', shape, { ...env, CASES_HTTP_PORT: '4010' });
    expect(config.CASES_CAPACITY).toBe(8);
    expect(config.kit).toMatchObject({ httpHost: '127.0.0.1', httpPort: 4010, logLevel: 'info' });
  });

  it.each([
    ['CASES_HTTP_PORT', 'eighty'],
    ['CASES_DATABASE_URL', 'mysql://x'],
    ['CASES_CAPACITY', '0'],
    ['BRAIN_LOG_LEVEL', 'loud'],
  ])('names %s when it is wrong, without repeating its value', (name, value) => {
    const parse = () => parseConfig('CASES', shape, { ...env, [name]: value });
    expect(parse).toThrow(ConfigurationError);
    expect(parse).toThrow(name);
    expect(parse).not.toThrow(`${value};`);
  });

  it('names a missing variable', () => {
    expect(() => parseConfig('CASES', shape, {})).toThrow('CASES_DATABASE_URL');
  });

  it('takes a secret from a file, in place of the variable and not beside it', async () => {
    const dir = await tempDir();
    const file = path.join(dir.path, 'database-url');
    writeFileSync(file, `${env.CASES_DATABASE_URL}\n`);
    const { CASES_DATABASE_URL: given, ...rest } = env;
    expect(parseConfig('CASES', shape, { ...rest, CASES_DATABASE_URL_FILE: file }).kit.databaseUrl).toBe(given);
    expect(() => parseConfig('CASES', shape, { ...env, CASES_DATABASE_URL_FILE: file })).toThrow('CASES_DATABASE_URL is set too');
    expect(() => parseConfig('CASES', shape, { ...rest, CASES_DATABASE_URL_FILE: `${file}.none` })).toThrow('CASES_DATABASE_URL_FILE: cannot be read (ENOENT)');
    await dir.remove();
  });

  it('takes what it needs for a KMS from files too', async () => {
    const dir = await tempDir();
    const file = path.join(dir.path, 'url');
    writeFileSync(file, 'https://kms.example:8200\n');
    const given = { ...env, BRAIN_MASTER_KEY_KMS_URL_FILE: file, BRAIN_MASTER_KEY_KMS_TOKEN_FILE: '/run/token' };
    expect(parseConfig('CASES', shape, given).kit.masterKeys).toMatchObject({ kms: { url: 'https://kms.example:8200', tokenFile: '/run/token' } });
    await dir.remove();
  });
});

describe('the engines of the configuration', () => {
  it('are PostgreSQL unless told otherwise', () => {
    expect(parseConfig('CASES', shape, env).kit).toMatchObject({ bus: { kind: 'postgres' }, eventStore: { kind: 'postgres' } });
  });

  it('are Kafka and EventStoreDB with their addresses', () => {
    const engines = {
      BRAIN_BUS: 'kafka',
      BRAIN_KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092',
      BRAIN_KAFKA_SASL_MECHANISM: 'scram-sha-512',
      BRAIN_KAFKA_USERNAME: 'cases',
      BRAIN_KAFKA_PASSWORD: 'secret',
      BRAIN_EVENT_STORE: 'eventstoredb',
      BRAIN_EVENTSTOREDB_URL: 'esdb://store:2113?tls=false',
    };
    expect(parseConfig('CASES', shape, { ...env, ...engines }).kit).toMatchObject({
      bus: { kind: 'kafka', brokers: ['kafka-1:9092', 'kafka-2:9092'], sasl: { mechanism: 'scram-sha-512', username: 'cases', password: 'secret' } },
      eventStore: { kind: 'eventstoredb', url: 'esdb://store:2113?tls=false' },
    });
  });

  it.each(['esdb://a:2113,b:2113,c:2113', 'esdb+discover://brain:s3cret@cluster?tlsCAFile=ca.crt', 'kurrentdb://store'])('take %s, as the client does', (url) => {
    const engines = { BRAIN_EVENT_STORE: 'eventstoredb', BRAIN_EVENTSTOREDB_URL: url };
    expect(parseConfig('CASES', shape, { ...env, ...engines }).kit.eventStore).toEqual({ kind: 'eventstoredb', url });
  });

  it.each([
    ['BRAIN_KAFKA_BROKERS', { BRAIN_BUS: 'kafka' }],
    ['BRAIN_KAFKA_BROKERS', { BRAIN_BUS: 'kafka', BRAIN_KAFKA_BROKERS: 'no port' }],
    ['BRAIN_KAFKA_PASSWORD', { BRAIN_BUS: 'kafka', BRAIN_KAFKA_BROKERS: 'a:1', BRAIN_KAFKA_SASL_MECHANISM: 'plain', BRAIN_KAFKA_USERNAME: 'u' }],
    ['BRAIN_EVENTSTOREDB_URL', { BRAIN_EVENT_STORE: 'eventstoredb' }],
    ['BRAIN_EVENTSTOREDB_URL', { BRAIN_EVENT_STORE: 'eventstoredb', BRAIN_EVENTSTOREDB_URL: 'http://store:2113' }],
  ])('name %s when it is missing or wrong', (name, engines) => {
    expect(() => parseConfig('CASES', shape, { ...env, ...engines })).toThrow(name);
  });
});
