import { DomainError, type PolygonBoundary } from '@brain/contracts';
import { findBoundaryFault, outsideOf, overlapWith, tidyBoundary, type BoundaryMisfit } from '@brain/geo';

interface Outline {
  readonly code: string;
  readonly boundary: PolygonBoundary;
}

/** The outlines around a new one, in every edition that holds while it holds. */
export interface Neighbours {
  readonly parents: readonly Outline[];
  readonly siblings: readonly Outline[];
  readonly children: readonly Outline[];
}

/** The outline in order, when it is sound taken alone; else refuses with the ring to blame. */
export function soundOutline(raw: PolygonBoundary): PolygonBoundary {
  const fault = findBoundaryFault(raw);
  if (fault !== null) throw refused(fault.code, fault.path, fault.message);
  return tidyBoundary(raw);
}

/** Refuses an outline that does not fit its neighbours. */
export function requireFit(boundary: PolygonBoundary, { parents, siblings, children }: Neighbours): void {
  for (const parent of parents) {
    const outside = outsideOf(parent.boundary, boundary);
    if (outside !== null) throw refused('BOUNDARY_OUTSIDE_PARENT', outside.path, `${metres(outside)} of it lie outside ${parent.code}`);
  }
  for (const sibling of siblings) {
    const overlap = overlapWith(sibling.boundary, boundary);
    if (overlap !== null) throw refused('BOUNDARY_OVERLAPS_SIBLING', overlap.path, `overlaps ${sibling.code} by ${metres(overlap)}`);
  }
  for (const child of children) {
    const outside = outsideOf(boundary, child.boundary);
    if (outside !== null) {
      throw refused('BOUNDARY_EXCLUDES_CHILD', 'geometry.coordinates', `leaves ${metres(outside)} of ${child.code} outside`);
    }
  }
}

function metres({ squareMetres }: BoundaryMisfit): string {
  return `${String(Math.ceil(squareMetres))} m²`;
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path} ${message}`, [{ path, message }]);
}
