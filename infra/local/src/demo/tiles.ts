import type { Location, PolygonBoundary } from '@brain/contracts';
import { boundaryOf, polygonsOf, squareMetresOf, tidyBoundary } from '@brain/geo';
import { cutRing, halfWay } from './cut-polygon.js';
import { round6 } from './point-in-area.js';

/** Scraps that a cut leaves at a ragged coast; too small to see or to stand on. */
const SCRAP_SQUARE_METRES = 300;

type Ring = readonly (readonly number[])[];

/**
 * Cuts an outline without holes into one tile per seed, each nearer to its own seed than to any other (Voronoi):
 * neighbours share their borders, together they cover it.
 */
export function tilesOf(outline: PolygonBoundary, seeds: readonly Location[]): readonly PolygonBoundary[] {
  const whole = polygonsOf(outline).flat();
  return seeds.map((own) => {
    const others = seeds.filter((seed) => seed !== own);
    return rounded(others.reduce<readonly Ring[]>((rings, other) => rings.flatMap((ring) => cutRing(ring, halfWay(own, other))), whole));
  });
}

function rounded(rings: readonly Ring[]): PolygonBoundary {
  const polygons = rings.map((ring) => [ring.map((position) => position.map(round6))]);
  return tidyBoundary(boundaryOf(polygons.filter((polygon) => squareMetresOf(boundaryOf([polygon])) > SCRAP_SQUARE_METRES)));
}
