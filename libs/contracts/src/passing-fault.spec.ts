import { describe, expect, it } from '@jest/globals';
import { isPassingFault, isStorageFull } from './passing-fault.js';
import { DomainError } from './problem.js';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('a failure that passes', () => {
  it.each([
    ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', '57P01', '57P03', '53300', '08006', '58030', '53100', 'ENOSPC', 'EDQUOT'].map(withCode),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new DomainError('BUS_UNAVAILABLE', 'x'),
    new DomainError('EVENT_STORE_UNAVAILABLE', 'x'),
  ])('%s', (error) => expect(isPassingFault(error)).toBe(true));

  it.each([
    ...['ENOENT', '23505', '57014', '42P01', '22P02', 'ERR_ASSERTION'].map(withCode),
    new Error('connection of this pipe is too hot'),
    new DomainError('CASE_NOT_OPEN', 'x'),
    'ECONNRESET',
    undefined,
  ])('is not %s', (error) => expect(isPassingFault(error)).toBe(false));
});

describe('a full disk', () => {
  it.each(['53100', 'ENOSPC', 'EDQUOT'])('is said by %s', (code) => expect(isStorageFull(withCode(code))).toBe(true));

  it.each([withCode('53300'), withCode('ENOENT'), new Error('ENOSPC'), 'ENOSPC', undefined])('is not %s', (error) => expect(isStorageFull(error)).toBe(false));
});
