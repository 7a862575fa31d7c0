import { describe, expect, it } from '@jest/globals';
import { chainOf, kindOf, nextGridCode, parentCodeOf } from './area-code.js';

describe('area codes', () => {
  it.each([
    ['440305', 'county', null],
    ['440305001', 'street', '440305'],
    ['440305001001', 'community', '440305001'],
    ['440305001001002', 'grid', '440305001001'],
    ['440305001001002-01', 'micro-grid', '440305001001002'],
    ['440305001001002-01-03', 'building', '440305001001002-01'],
    ['440305001001002-01-03-1201', 'household', '440305001001002-01-03'],
  ])('%s is a %s below %s', (code, kind, parent) => {
    expect([kindOf(code), parentCodeOf(code)]).toEqual([kind, parent]);
  });

  it.each(['44030', '4403050010', '440305001001-01', '440305001001002-1', 'x', ''])('%p is refused', (code) => {
    expect(() => kindOf(code)).toThrow(expect.objectContaining({ code: 'AREA_CODE_INVALID' }));
  });

  it('tell the way down from the county', () => {
    expect(chainOf('440305001001002-01')).toEqual(['440305', '440305001', '440305001001', '440305001001002', '440305001001002-01']);
  });

  it('number grids from 001 and never use a number twice', () => {
    expect(nextGridCode('440305001001', [])).toBe('440305001001001');
    expect(nextGridCode('440305001001', ['440305001001001', '440305001001007-01', '440305001003050'])).toBe('440305001001008');
    expect(() => nextGridCode('440305001001', ['440305001001999'])).toThrow(expect.objectContaining({ code: 'GRID_CODES_EXHAUSTED' }));
  });
});
