import type { BoundaryRing } from './boundary-rings.js';
import { isSamePosition, latOf, lngOf, turnOf, type Position } from './position.js';

/** Where an outline crosses itself: the ring that does, and the point. */
export interface RingCrossing {
  readonly path: string;
  readonly at: readonly [number, number];
}

interface Segment {
  readonly ring: BoundaryRing;
  readonly index: number;
  readonly a: Position;
  readonly b: Position;
}

/**
 * The first place where two edges cross. Rings may touch themselves and each other in points or along a line:
 * that encloses nothing twice, and surveyed outlines do it. Sweeps west to east, so long rings stay cheap.
 */
export function findRingCrossing(rings: readonly BoundaryRing[]): RingCrossing | null {
  const segments = rings.flatMap(segmentsOf).toSorted((s, t) => westOf(s) - westOf(t));
  let open: Segment[] = [];
  for (const segment of segments) {
    open = open.filter((other) => eastOf(other) >= westOf(segment));
    for (const other of open) {
      const at = latitudesMeet(segment, other) ? crossingOf(other, segment) : null;
      if (at !== null) return { path: segment.ring.path, at };
    }
    open.push(segment);
  }
  return null;
}

function segmentsOf(ring: BoundaryRing): Segment[] {
  return ring.positions.slice(1).map((b, index) => ({ ring, index, a: ring.positions[index] ?? b, b }));
}

function crossingOf(s: Segment, t: Segment): readonly [number, number] | null {
  const [s1, s2] = [turnOf(t.a, t.b, s.a), turnOf(t.a, t.b, s.b)];
  const [t1, t2] = [turnOf(s.a, s.b, t.a), turnOf(s.a, s.b, t.b)];
  if (s1 * s2 < 0 && t1 * t2 < 0) {
    const share = s1 / (s1 - s2);
    return [lngOf(s.a) + share * (lngOf(s.b) - lngOf(s.a)), latOf(s.a) + share * (latOf(s.b) - latOf(s.a))];
  }
  if (s1 * s2 < 0 && t2 === 0) return throughEdge(t, s);
  if (t1 * t2 < 0 && s2 === 0) return throughEdge(s, t);
  if (isSamePosition(s.b, t.b)) return throughVertex(s, t);
  return null;
}

/** `s` ends on the inside of edge `t`: a crossing when the ring goes on at the other side. */
function throughEdge(t: Segment, s: Segment): readonly [number, number] | null {
  const [before, after] = [turnOf(s.a, s.b, t.a), turnOf(s.a, s.b, following(t))];
  return before * after < 0 ? [lngOf(t.b), latOf(t.b)] : null;
}

/** Both edges end in one point: a crossing when the two ways through it interleave. */
function throughVertex(s: Segment, t: Segment): readonly [number, number] | null {
  if (s.ring === t.ring && s.index === t.index) return null;
  const inside = [t.a, following(t)].filter((p) => isBetween(s.b, s.a, following(s), p));
  const onWay = [t.a, following(t)].some((p) => isAhead(s.b, s.a, p) || isAhead(s.b, following(s), p));
  return inside.length === 1 && !onWay ? [lngOf(s.b), latOf(s.b)] : null;
}

function following(segment: Segment): Position {
  const { positions } = segment.ring;
  const next = segment.index + 2 < positions.length ? segment.index + 2 : 1;
  return positions[next] ?? segment.b;
}

/** Is p within the angle at `corner` that opens counter-clockwise from `from` to `to`? */
function isBetween(corner: Position, from: Position, to: Position, p: Position): boolean {
  const angle = (q: Position) => Math.atan2(latOf(q) - latOf(corner), lngOf(q) - lngOf(corner));
  const full = 2 * Math.PI;
  const turn = (q: Position) => (angle(q) - angle(from) + 2 * full) % full;
  return turn(p) > 0 && turn(p) < turn(to);
}

/** Does p lie in exactly the direction of q, seen from the corner? Then the ways run together and do not cross here. */
function isAhead(corner: Position, q: Position, p: Position): boolean {
  const along =
    (lngOf(q) - lngOf(corner)) * (lngOf(p) - lngOf(corner)) + (latOf(q) - latOf(corner)) * (latOf(p) - latOf(corner));
  return turnOf(corner, q, p) === 0 && along > 0;
}

function latitudesMeet(s: Segment, t: Segment): boolean {
  return (
    Math.min(latOf(s.a), latOf(s.b)) <= Math.max(latOf(t.a), latOf(t.b)) &&
    Math.min(latOf(t.a), latOf(t.b)) <= Math.max(latOf(s.a), latOf(s.b))
  );
}

function westOf({ a, b }: Segment): number {
  return Math.min(lngOf(a), lngOf(b));
}

function eastOf({ a, b }: Segment): number {
  return Math.max(lngOf(a), lngOf(b));
}
