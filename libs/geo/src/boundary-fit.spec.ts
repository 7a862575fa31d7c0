import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PolygonBoundary } from '@brain/contracts';
import { outsideOf, overlapWith } from './boundary-fit.js';
import { sharedSquareMetres } from './shared-area.js';
import { square } from './square.fixture.js';
import { squareMetresOf } from './square-metres.js';

const parent = square(113.9, 22.5, 0.02);

describe('the fit of an outline', () => {
  it('is good inside the parent and along its border', () => {
    expect(outsideOf(parent, square(113.905, 22.505))).toBeNull();
    expect(outsideOf(parent, square(113.9, 22.5))).toBeNull();
    expect(outsideOf(parent, parent)).toBeNull();
  });

  it('is bad outside the parent, by the area that sticks out', () => {
    const half = square(113.895, 22.505);
    expect(outsideOf(parent, half)?.path).toBe('geometry.coordinates.0');
    expect((outsideOf(parent, half)?.squareMetres ?? 0) / squareMetresOf(half)).toBeCloseTo(0.5, 6);
    expect(outsideOf(parent, square(115, 22))).not.toBeNull();
  });

  it('names the polygon that does not fit', () => {
    const two: PolygonBoundary = {
      type: 'MultiPolygon',
      coordinates: [square(113.905, 22.505, 0.001).coordinates, square(115, 22, 0.001).coordinates] as number[][][][],
    };
    expect(outsideOf(parent, two)?.path).toBe('geometry.coordinates.1.0');
  });

  it('forgives siblings a sliver, not more', () => {
    const west = square(113.9, 22.5);
    expect(overlapWith(west, square(113.91, 22.5))).toBeNull();
    expect(overlapWith(west, square(113.909_997, 22.5))).toBeNull();
    expect(overlapWith(west, square(113.909_9, 22.5))).not.toBeNull();
    expect(overlapWith(west, square(114.5, 22.5))).toBeNull();
  });

  it('sees a hole as outside', () => {
    const ringShaped: PolygonBoundary = { type: 'Polygon', coordinates: [...parent.coordinates, ...square(113.905, 22.505).coordinates] as number[][][] };
    expect(overlapWith(ringShaped, square(113.906, 22.506, 0.001))).toBeNull();
    expect(outsideOf(ringShaped, square(113.906, 22.506, 0.001))).not.toBeNull();
  });

  it('measures what two boxes share, whatever their places', () => {
    const box = fc.record({ lng: fc.integer({ min: 0, max: 20 }), lat: fc.integer({ min: 0, max: 20 }), side: fc.integer({ min: 1, max: 10 }) });
    fc.assert(
      fc.property(box, box, (a, b) => {
        const [width, height] = (['lng', 'lat'] as const).map((axis) =>
          Math.max(0, Math.min(a[axis] + a.side, b[axis] + b.side) - Math.max(a[axis], b[axis])),
        );
        const at = ({ lng, lat, side }: typeof a) => square(lng / 1000, lat / 1000, side / 1000);
        const unit = squareMetresOf(square(0, 0, 0.001));
        expect(sharedSquareMetres(at(a), at(b)) / unit).toBeCloseTo((width ?? 0) * (height ?? 0), 3);
      }),
    );
  });
});
