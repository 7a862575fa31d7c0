import type { PolygonBoundary } from '@brain/contracts';
import type { Position } from './position.js';

export interface BoundaryRing {
  /** Where it stands in the GeoJSON: `geometry.coordinates.<ring>`, or `….<polygon>.<ring>` in a MultiPolygon. */
  readonly path: string;
  readonly polygon: number;
  readonly isHole: boolean;
  readonly positions: readonly Position[];
}

/** The polygons of a boundary, each as its rings; the first ring is the outer one. */
export function polygonsOf(boundary: PolygonBoundary): number[][][][] {
  return boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
}

export function boundaryOf(polygons: number[][][][]): PolygonBoundary {
  const [only, ...others] = polygons;
  return only !== undefined && others.length === 0
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons };
}

/** Path of a polygon's part inside the GeoJSON feature. */
export function ringPath(boundary: PolygonBoundary, polygon: number, ring: number): string {
  return ['geometry', 'coordinates', ...(boundary.type === 'Polygon' ? [] : [polygon]), ring].join('.');
}

export function ringsOf(boundary: PolygonBoundary): readonly BoundaryRing[] {
  return polygonsOf(boundary).flatMap((rings, polygon) =>
    rings.map((positions, ring) => ({
      path: ringPath(boundary, polygon, ring),
      polygon,
      isHole: ring > 0,
      positions,
    })),
  );
}
