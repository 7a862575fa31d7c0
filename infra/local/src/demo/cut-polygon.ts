import type { Location } from '@brain/contracts';

type Ring = readonly (readonly number[])[];

/** A straight line: positive on one side, negative on the other. */
export type SideOf = (lng: number, lat: number) => number;

/** The line half way between two places; positive on the side of `other`. */
export function halfWay(own: Location, other: Location): SideOf {
  const middle = { lng: (own.lng + other.lng) / 2, lat: (own.lat + other.lat) / 2 };
  return (lng, lat) => (lng - middle.lng) * (other.lng - own.lng) + (lat - middle.lat) * (other.lat - own.lat);
}

interface Corner {
  readonly position: readonly number[];
  /** Set on the line itself: whether the ring comes in here or goes out. */
  readonly crossing: 'in' | 'out' | null;
}

/**
 * The pieces of a ring without holes (closed, any form) on the negative side of a line. Crossings sorted along the
 * line bound the ring's inside two by two; each piece runs from an `in` to an `out` and along the line to the next.
 */
export function cutRing(ring: Ring, side: SideOf): readonly Ring[] {
  const corners = withCrossings(ring, side);
  const crossings = corners.filter((corner) => corner.crossing !== null).toSorted(alongLine);
  if (crossings.length === 0) return sideAt(ring[0] ?? [], side) <= 0 ? [ring] : [];

  const neighbourOf = (corner: Corner) => crossings[crossings.indexOf(corner) ^ 1] ?? corner;
  const waiting = new Set(corners.filter((corner) => corner.crossing === 'in'));
  const pieces: Ring[] = [];
  for (const start of waiting) {
    const piece: (readonly number[])[] = [];
    for (let at = start; waiting.delete(at); ) {
      const chain = chainFrom(corners, at);
      piece.push(...chain.map((corner) => corner.position));
      at = neighbourOf(chain.at(-1) ?? at);
    }
    pieces.push([...piece, start.position]);
  }
  return pieces;
}

/** From an `in` to the next `out`, both included. */
function chainFrom(corners: readonly Corner[], start: Corner): readonly Corner[] {
  const first = corners.indexOf(start);
  const turned = [...corners.slice(first), ...corners.slice(0, first)];
  return turned.slice(0, turned.findIndex((corner) => corner.crossing === 'out') + 1);
}

function withCrossings(ring: Ring, side: SideOf): readonly Corner[] {
  return ring.slice(1).flatMap((to, i): Corner[] => {
    const from = ring[i] ?? to;
    const [before, after] = [sideAt(from, side), sideAt(to, side)];
    const corner: Corner = { position: to, crossing: null };
    if (before <= 0 === after <= 0) return [corner];
    const share = before / (before - after);
    const position = from.map((degrees, axis) => degrees + share * ((to[axis] ?? degrees) - degrees));
    return [{ position, crossing: after <= 0 ? 'in' : 'out' }, corner];
  });
}

/** Any line that is not exactly north-south is ordered by longitude; the cuts here never are exactly so. */
function alongLine(a: Corner, b: Corner): number {
  const [ax = 0, ay = 0] = a.position;
  const [bx = 0, by = 0] = b.position;
  return ax - bx || ay - by;
}

function sideAt(position: readonly number[], side: SideOf): number {
  const [lng = 0, lat = 0] = position;
  return side(lng, lat);
}
