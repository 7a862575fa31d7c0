import type { PolygonBoundary } from '@brain/contracts';
import { ringsOf } from './boundary-rings.js';
import { boundsOf } from './bounds.js';
import { latOf, lngOf } from './position.js';

export const METRES_PER_DEGREE = 111_195;

/** Area on a plane that touches the earth at the outline: right to a few parts in a thousand for a city. */
export function squareMetresOf(boundary: PolygonBoundary): number {
  const { south, north } = boundsOf(boundary);
  const squareDegrees = ringsOf(boundary).reduce((sum, { positions, isHole }) => {
    const [origin] = positions;
    let twice = 0;
    for (let i = 1; i < positions.length; i += 1) {
      const [a, b] = [positions[i - 1] ?? [], positions[i] ?? []];
      // Taken from the ring's first corner, so that small areas are not lost in large coordinates.
      const [ax, ay] = [lngOf(a) - lngOf(origin ?? a), latOf(a) - latOf(origin ?? a)];
      const [bx, by] = [lngOf(b) - lngOf(origin ?? a), latOf(b) - latOf(origin ?? a)];
      twice += ax * by - bx * ay;
    }
    return sum + (isHole ? -Math.abs(twice) : Math.abs(twice)) / 2;
  }, 0);
  return squareDegrees * squareMetresPerSquareDegree((south + north) / 2);
}

export function squareMetresPerSquareDegree(lat: number): number {
  return METRES_PER_DEGREE ** 2 * Math.cos((lat * Math.PI) / 180);
}
