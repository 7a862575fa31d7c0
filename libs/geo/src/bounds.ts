import type { PolygonBoundary } from '@brain/contracts';
import { polygonsOf } from './boundary-rings.js';
import { latOf, lngOf } from './position.js';

/** The box around a boundary, degrees. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function boundsOf(boundary: PolygonBoundary): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const position of polygonsOf(boundary).flat(2)) {
    west = Math.min(west, lngOf(position));
    east = Math.max(east, lngOf(position));
    south = Math.min(south, latOf(position));
    north = Math.max(north, latOf(position));
  }
  return { west, south, east, north };
}

export function boundsOverlap(a: Bounds, b: Bounds): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

export function boundsContain(bounds: Bounds, lng: number, lat: number): boolean {
  return bounds.west <= lng && lng <= bounds.east && bounds.south <= lat && lat <= bounds.north;
}
