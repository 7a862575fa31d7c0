import { describe, expect, it } from '@jest/globals';
import { isWithinArea } from '@brain/contracts';
import { areaRange } from './area-range.js';

const codes = [
  '440305', '440306', '440305001', '440305010', '440305001001', '440305001002', '440305001001001', '440305001001002', '440305001001001-01',
  '440305001001001-10', '440305001001001-01-02', '440305001001001-01-0203', '440305001001001-0102',
];

describe('the range of an area', () => {
  it.each(codes)('%s holds exactly what lies within', (scope) => {
    const [from, before] = areaRange(scope);
    expect(codes.filter((code) => code >= from && code < before)).toEqual(codes.filter((code) => isWithinArea(code, scope)));
  });
});
