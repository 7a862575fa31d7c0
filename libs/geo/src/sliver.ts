import type { PolygonBoundary } from '@brain/contracts';
import { ringsOf } from './boundary-rings.js';
import { latOf, lngOf, type Position } from './position.js';
import { METRES_PER_DEGREE, squareMetresOf } from './square-metres.js';

/** Outlines digitised apart differ by about this much along their border. */
const STRIP_METRES = 1;
/** So that a strip cannot swallow a small area whole. */
const LARGEST_SHARE = 0.05;

/** A strip one metre wide along the outline, at most 5 % of the area: what is smaller is not a fault. */
export function sliverSquareMetresOf(boundary: PolygonBoundary): number {
  return Math.min(perimeterMetresOf(boundary) * STRIP_METRES, squareMetresOf(boundary) * LARGEST_SHARE);
}

function perimeterMetresOf(boundary: PolygonBoundary): number {
  return ringsOf(boundary).reduce((sum, { positions }) => sum + lengthMetresOf(positions), 0);
}

function lengthMetresOf(positions: readonly Position[]): number {
  let metres = 0;
  for (let i = 1; i < positions.length; i += 1) {
    const [a, b] = [positions[i - 1] ?? [], positions[i] ?? []];
    const east = (lngOf(b) - lngOf(a)) * Math.cos((latOf(a) * Math.PI) / 180);
    metres += Math.hypot(east, latOf(b) - latOf(a)) * METRES_PER_DEGREE;
  }
  return metres;
}
