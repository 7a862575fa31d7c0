import { describe, expect, it } from '@jest/globals';
import { AreaIndex } from './area-index.js';
import { square } from './square.fixture.js';

describe('the index of areas', () => {
  const index = new AreaIndex();
  index.set('440305', square(113, 22, 1.5));
  index.set('440305001', square(113.9, 22.5, 0.05));
  index.set('440305001001', square(113.9, 22.5, 0.01));
  index.set('440305001003', square(113.91, 22.5, 0.01));

  it('gives every area that holds a point, deepest last', () => {
    expect(index.locate(113.905, 22.505)).toEqual(['440305', '440305001', '440305001001']);
    expect(index.locate(113.93, 22.52)).toEqual(['440305', '440305001']);
    expect(index.locate(10, 10)).toEqual([]);
  });

  it('counts a border as inside on both sides', () => {
    expect(index.locate(113.91, 22.505)).toEqual(['440305', '440305001', '440305001001', '440305001003']);
  });

  it('forgets an outline that was replaced', () => {
    index.set('440305001003', square(113.92, 22.5, 0.01));
    expect(index.locate(113.915, 22.505)).toEqual(['440305', '440305001']);
    expect(index.locate(113.925, 22.505)).toEqual(['440305', '440305001', '440305001003']);
  });
});
