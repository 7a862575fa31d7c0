import { describe, expect, it } from '@jest/globals';
import type { PolygonBoundary } from '@brain/contracts';
import { findBoundaryFault } from './boundary-fault.js';
import { square } from './square.fixture.js';
import { tidyBoundary } from './tidy-boundary.js';

const polygon = (...rings: number[][][]): PolygonBoundary => ({ type: 'Polygon', coordinates: rings });
const outer = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]];

describe('an outline', () => {
  it('is sound when its rings are closed and do not cross', () => {
    expect(findBoundaryFault(square(113.9, 22.5))).toBeNull();
    expect(findBoundaryFault(polygon(outer, [[2, 2], [2, 4], [4, 4], [4, 2], [2, 2]]))).toBeNull();
  });

  it('that crosses itself is refused with its ring and the point', () => {
    const bowTie = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]];
    expect(findBoundaryFault(polygon(bowTie))).toMatchObject({ code: 'BOUNDARY_SELF_CROSSING', path: 'geometry.coordinates.0', at: [1, 1] });
    expect(findBoundaryFault(polygon(outer, bowTie.map(([x = 0, y = 0]) => [x + 3, y + 3])))).toMatchObject({ path: 'geometry.coordinates.1', at: [4, 4] });
    const second: PolygonBoundary = { type: 'MultiPolygon', coordinates: [[outer.map(([x = 0, y = 0]) => [x + 20, y])], [bowTie]] };
    expect(findBoundaryFault(second)).toMatchObject({ path: 'geometry.coordinates.1.0' });
  });

  it('that crosses itself in one of its own corners is refused too', () => {
    const throughCorner = [[0, 0], [1, 1], [2, 2], [2, 0], [1, 1], [0, 2], [0, 0]];
    expect(findBoundaryFault(polygon(throughCorner))).toMatchObject({ code: 'BOUNDARY_SELF_CROSSING', at: [1, 1] });
    const throughEdge = [[0, 0], [2, 2], [2, 0], [1, 1], [0, 2], [0, 0]];
    expect(findBoundaryFault(polygon(throughEdge))).toMatchObject({ code: 'BOUNDARY_SELF_CROSSING', at: [1, 1] });
  });

  it('may touch itself, and run out and back, as surveyed ones do', () => {
    const touching = [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4], [0, 0]];
    const spiked = [[0, 0], [4, 0], [6, 0], [4, 0], [4, 0], [4, 4], [0, 4], [0, 0]];
    const pinched = [[0, 0], [2, 2], [4, 0], [4, 4], [2, 2], [0, 4], [0, 0]];
    for (const ring of [touching, spiked, pinched]) expect(findBoundaryFault(polygon(ring))).toBeNull();
  });

  it.each([
    ['BOUNDARY_RING_OPEN', [[0, 0], [1, 0], [1, 1], [0, 1]], 'geometry.coordinates.0'],
    ['BOUNDARY_RING_EMPTY', [[0, 0], [1, 1], [2, 2], [0, 0]], 'geometry.coordinates.0'],
    ['BOUNDARY_OFF_THE_EARTH', [[0, 0], [500, 0], [1, 1], [0, 0]], 'geometry.coordinates.0.1'],
    ['BOUNDARY_OFF_THE_EARTH', [[0, 0], [NaN, 0], [1, 1], [0, 0]], 'geometry.coordinates.0.1'],
  ])('is refused with %s and the place', (code, ring, path) => {
    expect(findBoundaryFault(polygon(ring))).toMatchObject({ code, path });
  });

  it('of five thousand corners is checked in well under a second of processor time', () => {
    const many = Array.from({ length: 5000 }, (_, i) => (i / 5000) * 2 * Math.PI).map((t) => [Math.cos(t), Math.sin(t)]);
    const started = process.cpuUsage();
    expect(findBoundaryFault(polygon([...many, many[0] ?? []]))).toBeNull();
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
  });

  it('is put into order: spikes and repeats out, outer rings counter-clockwise, holes clockwise', () => {
    const hole = [[2, 2], [4, 2], [4, 4], [2, 4], [2, 2]];
    const messy = polygon([[0, 0], [0, 10], [10, 10], [10, 0], [10, 0], [12, 0], [10, 0], [0, 0]], hole);
    expect(tidyBoundary(messy)).toEqual(polygon(outer.slice().map((p) => [...p]), hole.toReversed()));
  });
});
