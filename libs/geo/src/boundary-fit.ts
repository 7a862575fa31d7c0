import type { PolygonBoundary } from '@brain/contracts';
import { boundaryOf, polygonsOf, ringPath } from './boundary-rings.js';
import { sharedSquareMetres } from './shared-area.js';
import { sliverSquareMetresOf } from './sliver.js';
import { squareMetresOf } from './square-metres.js';

/** How far an outline goes where it must not, and which of its rings does. */
export interface BoundaryMisfit {
  readonly path: string;
  readonly squareMetres: number;
}

/** The part of `child` outside `parent`, when it is more than a sliver. */
export function outsideOf(parent: PolygonBoundary, child: PolygonBoundary): BoundaryMisfit | null {
  return misfitOf(child, (part) => squareMetresOf(part) - sharedSquareMetres(part, parent), sliverSquareMetresOf(child));
}

/** The part of `boundary` that also belongs to `sibling`, when it is more than a sliver of the smaller of the two. */
export function overlapWith(sibling: PolygonBoundary, boundary: PolygonBoundary): BoundaryMisfit | null {
  const allowed = Math.min(sliverSquareMetresOf(sibling), sliverSquareMetresOf(boundary));
  return misfitOf(boundary, (part) => sharedSquareMetres(part, sibling), allowed);
}

function misfitOf(
  boundary: PolygonBoundary,
  wrongSquareMetres: (polygon: PolygonBoundary) => number,
  allowed: number,
): BoundaryMisfit | null {
  const parts = polygonsOf(boundary).map((rings, polygon) => ({
    path: ringPath(boundary, polygon, 0),
    squareMetres: wrongSquareMetres(boundaryOf([rings])),
  }));
  const total = parts.reduce((sum, part) => sum + part.squareMetres, 0);
  const worst = parts.toSorted((a, b) => b.squareMetres - a.squareMetres)[0];
  return worst === undefined || total <= allowed ? null : { path: worst.path, squareMetres: total };
}
