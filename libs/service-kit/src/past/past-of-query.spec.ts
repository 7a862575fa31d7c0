import { describe, expect, it } from '@jest/globals';
import { pastOfQuery } from './past-of-query.js';

const NOW = '2026-11-22T12:00:00.000Z';

describe('the moment that is asked for', () => {
  it('may be now, in any offset, and is of what was recorded when nothing else is said', () => {
    expect(pastOfQuery('2026-11-22T20:00:00+08:00', undefined, NOW)).toEqual({ at: NOW, as: 'recorded' });
    expect(pastOfQuery('2026-11-22T11:00:00Z', 'occurred', NOW)).toEqual({ at: '2026-11-22T11:00:00.000Z', as: 'occurred' });
  });

  it.each([
    ['2026-11-22T12:00:00.001Z', undefined, 'AT_IN_FUTURE'],
    ['9999-12-31T00:00:00Z', undefined, 'AT_IN_FUTURE'],
    // In UTC a year of five digits, which sorts before every other as text.
    ['9999-12-31T23:59:59-01:00', undefined, 'AT_INVALID'],
    ['0000-01-01T00:00:00Z', undefined, 'AT_INVALID'],
    ['yesterday', undefined, 'AT_INVALID'],
    [['2026-11-22T11:00:00Z', '2026-11-22T10:00:00Z'], undefined, 'AT_INVALID'],
    ['2026-11-22T11:00:00Z', 'imagined', 'AS_INVALID'],
    ['2026-11-22T11:00:00Z', ['recorded', 'occurred'], 'AS_INVALID'],
  ])('%s as %s is refused: %s', (at, as, code) => {
    expect(() => pastOfQuery(at, as, NOW)).toThrow(expect.objectContaining({ code }));
  });
});
