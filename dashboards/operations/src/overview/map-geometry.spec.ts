import { describe, expect, it } from '@jest/globals';
import { labelPoint, positionsOf } from './map-geometry.js';

const square = (x: number, y: number, size: number): number[][] => [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];

describe('where the name of an area stands', () => {
  it('is the middle of its outline', () =>
    expect(labelPoint({ type: 'Polygon', coordinates: [square(0, 0, 2)] })).toEqual([1, 1]));

  it('is the middle of the largest part, not of the islands', () =>
    expect(labelPoint({ type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(10, 10, 4)]] })).toEqual([12, 12]));

  it('is a point of the outline when it has no area', () =>
    expect(labelPoint({ type: 'Polygon', coordinates: [[[3, 4], [3, 4], [3, 4], [3, 4]]] })).toEqual([3, 4]));
});

describe('the positions of an area', () => {
  it('are those of every outer ring', () =>
    expect(positionsOf({ type: 'MultiPolygon', coordinates: [[square(0, 0, 1), square(0.2, 0.2, 0.1)], [square(5, 5, 1)]] })).toHaveLength(10));
});
