import { describe, expect, it } from '@jest/globals';
import { refusalOf, type FoundExtension } from './extension.js';

const good: FoundExtension = { database: 'brain', available: '2.23.0', version: '2.23.0', schema: 'public', license: 'timescale' };

describe('an extension', () => {
  it.each(['2.17.0', '2.23.0-dev', '3.0.1'])('of version %s will do', (version) => {
    expect(refusalOf({ ...good, version })).toBeUndefined();
  });

  it.each<[string, Partial<FoundExtension>, string]>([
    ['that the server does not have', { available: null, version: null }, 'shared_preload_libraries'],
    ['that was not created', { version: null }, 'run CREATE EXTENSION timescaledb'],
    ['that is too old', { version: '2.16.9' }, 'needed is 2.17 or newer'],
    ['of an older major version', { version: '1.99.0' }, 'ALTER EXTENSION timescaledb UPDATE'],
    ['of the edition without compression', { license: 'apache' }, "timescaledb.license = 'timescale'"],
  ])('%s is refused with the remedy', (_name, given, remedy) => {
    expect(refusalOf({ ...good, ...given })).toContain(remedy);
  });
});
