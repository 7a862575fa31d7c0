import type { PolygonBoundary } from '@brain/contracts';
import { ringsOf, type BoundaryRing } from './boundary-rings.js';
import { findRingCrossing } from './ring-crossing.js';
import { isSamePosition, latOf, lngOf } from './position.js';
import { signedArea, tidyRing } from './tidy-boundary.js';

/** What is wrong with an outline, where in the GeoJSON, and at which point when there is one. */
export interface BoundaryFault {
  readonly code:
    | 'BOUNDARY_EMPTY'
    | 'BOUNDARY_OFF_THE_EARTH'
    | 'BOUNDARY_RING_OPEN'
    | 'BOUNDARY_RING_EMPTY'
    | 'BOUNDARY_SELF_CROSSING';
  readonly path: string;
  readonly message: string;
  readonly at?: readonly [number, number];
}

/** The first fault of an outline taken alone; null when it is sound. */
export function findBoundaryFault(boundary: PolygonBoundary): BoundaryFault | null {
  const rings = ringsOf(boundary);
  if (rings.length === 0) {
    return { code: 'BOUNDARY_EMPTY', path: 'geometry.coordinates', message: 'has no ring' };
  }
  for (const ring of rings) {
    const fault = ringFault(ring);
    if (fault !== null) return fault;
  }
  const crossing = findRingCrossing(rings.map((ring) => ({ ...ring, positions: tidyRing(ring.positions.map((p) => [...p])) })));
  if (crossing === null) return null;
  const message = `crosses itself at ${crossing.at.map((degrees) => degrees.toFixed(6)).join(', ')}`;
  return { code: 'BOUNDARY_SELF_CROSSING', path: crossing.path, message, at: crossing.at };
}

function ringFault({ path, positions }: BoundaryRing): BoundaryFault | null {
  const outside = positions.findIndex((p) => !(Math.abs(lngOf(p)) <= 180 && Math.abs(latOf(p)) <= 90));
  if (outside >= 0) {
    return { code: 'BOUNDARY_OFF_THE_EARTH', path: `${path}.${String(outside)}`, message: 'is not a WGS 84 position' };
  }
  const [first, last] = [positions[0], positions.at(-1)];
  if (first === undefined || last === undefined || positions.length < 4 || !isSamePosition(first, last)) {
    return { code: 'BOUNDARY_RING_OPEN', path, message: 'needs four positions or more, the last equal to the first' };
  }
  if (signedArea(tidyRing(positions.map((p) => [...p]))) === 0 && isFlat(positions)) {
    return { code: 'BOUNDARY_RING_EMPTY', path, message: 'encloses no area' };
  }
  return null;
}

/** All on one line; a symmetrical figure of eight also sums to zero but is a crossing, not a flat ring. */
function isFlat(positions: BoundaryRing['positions']): boolean {
  const a = positions[0] ?? [];
  const b = positions.find((p) => !isSamePosition(a, p));
  if (b === undefined) return true;
  return positions.every((p) => (lngOf(b) - lngOf(a)) * (latOf(p) - latOf(a)) === (latOf(b) - latOf(a)) * (lngOf(p) - lngOf(a)));
}
