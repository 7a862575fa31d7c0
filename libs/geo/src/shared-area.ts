import type { PolygonBoundary } from '@brain/contracts';
import { ringsOf } from './boundary-rings.js';
import { boundsOf, boundsOverlap, type Bounds } from './bounds.js';
import { latOf, lngOf } from './position.js';
import { squareMetresPerSquareDegree } from './square-metres.js';

/** One edge, west to east. */
interface Edge {
  readonly of: 'a' | 'b';
  readonly west: number;
  readonly east: number;
  readonly latAtWest: number;
  readonly slope: number;
}

/**
 * The area that belongs to both outlines. The plane is cut into north-south strips at every corner and every place
 * where an edge of one meets an edge of the other; within a strip the common length changes evenly, so its middle
 * tells the whole strip. Exact, and without building the common shape.
 */
export function sharedSquareMetres(a: PolygonBoundary, b: PolygonBoundary): number {
  const [boundsA, boundsB] = [boundsOf(a), boundsOf(b)];
  if (!boundsOverlap(boundsA, boundsB)) return 0;
  const edges = [...edgesOf('a', a, boundsB), ...edgesOf('b', b, boundsA)].toSorted((s, t) => s.west - t.west);
  const [west, east] = [Math.max(boundsA.west, boundsB.west), Math.min(boundsA.east, boundsB.east)];
  const cuts = [...new Set([west, east, ...edges.flatMap((edge) => [edge.west, edge.east]), ...meetingsOf(edges)])]
    .filter((lng) => west <= lng && lng <= east)
    .toSorted((s, t) => s - t);

  let squareDegrees = 0;
  let open: Edge[] = [];
  let next = 0;
  for (let i = 1; i < cuts.length; i += 1) {
    const [from, to] = [cuts[i - 1] ?? west, cuts[i] ?? west];
    const middle = (from + to) / 2;
    for (let edge = edges[next]; edge !== undefined && edge.west <= middle; edge = edges[next]) {
      open.push(edge);
      next += 1;
    }
    open = open.filter((edge) => edge.east >= middle);
    squareDegrees += (to - from) * sharedLengthAt(middle, open);
  }
  return squareDegrees * squareMetresPerSquareDegree((boundsA.south + boundsA.north) / 2);
}

function edgesOf(of: 'a' | 'b', boundary: PolygonBoundary, { west, east }: Bounds): Edge[] {
  return ringsOf(boundary).flatMap(({ positions }) =>
    positions.slice(1).flatMap((end, i): Edge[] => {
      const start = positions[i] ?? end;
      const [l, r] = lngOf(start) < lngOf(end) ? [start, end] : [end, start];
      if (lngOf(l) === lngOf(r) || lngOf(r) < west || lngOf(l) > east) return [];
      const slope = (latOf(r) - latOf(l)) / (lngOf(r) - lngOf(l));
      return [{ of, west: lngOf(l), east: lngOf(r), latAtWest: latOf(l), slope }];
    }),
  );
}

/** Longitudes where an edge of one crosses an edge of the other; `edges` come west to east. */
function meetingsOf(edges: readonly Edge[]): number[] {
  const meetings: number[] = [];
  let open: Edge[] = [];
  for (const edge of edges) {
    open = open.filter((other) => other.east > edge.west);
    for (const other of open) {
      if (other.of === edge.of || other.slope === edge.slope) continue;
      const lng = edge.west + (latAt(other, edge.west) - edge.latAtWest) / (edge.slope - other.slope);
      if (lng > edge.west && lng < Math.min(edge.east, other.east)) meetings.push(lng);
    }
    open.push(edge);
  }
  return meetings;
}

/** Degrees of this meridian that lie in both. */
function sharedLengthAt(lng: number, open: readonly Edge[]): number {
  const crossed = open.map((edge) => ({ of: edge.of, lat: latAt(edge, lng) })).toSorted((s, t) => s.lat - t.lat);
  const inside = { a: false, b: false };
  let length = 0;
  crossed.forEach(({ of, lat }, i) => {
    if (inside.a && inside.b) length += lat - (crossed[i - 1]?.lat ?? lat);
    inside[of] = !inside[of];
  });
  return length;
}

function latAt(edge: Edge, lng: number): number {
  return edge.latAtWest + edge.slope * (lng - edge.west);
}
