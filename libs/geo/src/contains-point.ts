import type { PolygonBoundary } from '@brain/contracts';
import { polygonsOf } from './boundary-rings.js';
import { latOf, lngOf, turnOf, type Position } from './position.js';

/** Points on the outline count as inside. */
export function containsPoint(boundary: PolygonBoundary, lng: number, lat: number): boolean {
  return polygonsOf(boundary).some((rings) => {
    const places = rings.map((ring) => placeIn(ring, lng, lat));
    return places.includes('edge') || places.filter((place) => place === 'inside').length % 2 === 1;
  });
}

/** Counts the edges that a ray towards the east meets. */
function placeIn(ring: readonly Position[], lng: number, lat: number): 'inside' | 'outside' | 'edge' {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [a, b] = [ring[i - 1] ?? [], ring[i] ?? []];
    if (isOnEdge(a, b, lng, lat)) return 'edge';
    const isMet = latOf(a) > lat !== latOf(b) > lat;
    if (isMet && lng < lngOf(a) + ((lat - latOf(a)) / (latOf(b) - latOf(a))) * (lngOf(b) - lngOf(a))) inside = !inside;
  }
  return inside ? 'inside' : 'outside';
}

function isOnEdge(a: Position, b: Position, lng: number, lat: number): boolean {
  return (
    Math.min(lngOf(a), lngOf(b)) <= lng &&
    lng <= Math.max(lngOf(a), lngOf(b)) &&
    Math.min(latOf(a), latOf(b)) <= lat &&
    lat <= Math.max(latOf(a), latOf(b)) &&
    turnOf(a, b, [lng, lat]) === 0
  );
}
