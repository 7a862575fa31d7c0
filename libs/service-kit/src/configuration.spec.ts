import { describe, expect, it } from '@jest/globals';
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
});
