import { describe, expect, it } from '@jest/globals';
import { areaLabel, lineage, shortName } from './area-label.js';

const names = new Map([['440305', '南山区'], ['440305001', '南头街道办事处'], ['440305001001', '南头城社区居委会']]);
const label = (code: string): string => areaLabel(code, names, (number) => `网格${number}`);

describe('the lineage of an area code', () => {
  it('runs from the county down to the household', () =>
    expect(lineage('440305001001002-01-003')).toEqual([
      '440305', '440305001', '440305001001', '440305001001002', '440305001001002-01', '440305001001002-01-003',
    ]));
});

describe('the label of an area', () => {
  it('names street, community and grid', () => expect(label('440305001001003')).toBe('南头街道 · 南头城社区 · 网格003'));
  it('is the name of a county on its own', () => expect(label('440305')).toBe('南山区'));
  it('is the code where nothing is known', () => expect(label('510000')).toBe('510000'));
  it('adds the local sequence below the grid', () => expect(label('440305001001003-02')).toBe('南头街道 · 南头城社区 · 网格003 · -02'));
});

describe('a short name', () => {
  it('drops the committee', () => expect(shortName('大新社区居委会')).toBe('大新社区'));
});
