import type { Location, PolygonBoundary } from '@brain/contracts';
import { boundsOf, containsPoint } from '@brain/geo';
import type { Random } from './seeded-random.js';

const MOST_TRIES = 10_000;

/** A random place inside an outline, six decimals (0.1 m). */
export function pointInside(boundary: PolygonBoundary, random: Random): Location {
  const { west, south, east, north } = boundsOf(boundary);
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    const lng = round6(west + random() * (east - west));
    const lat = round6(south + random() * (north - south));
    if (containsPoint(boundary, lng, lat)) return { lng, lat };
  }
  throw new Error('No point found inside the outline');
}

export function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
