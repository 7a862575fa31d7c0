import type { PolygonBoundary } from '@brain/contracts';
import { boundaryOf, polygonsOf } from './boundary-rings.js';
import { isSamePosition, latOf, lngOf, turnOf, type Position } from './position.js';

/**
 * The same shape as RFC 7946 wants it: outer rings counter-clockwise, holes clockwise, without repeated positions
 * and without spikes (out and back along one line), which enclose nothing and are common in real outlines.
 */
export function tidyBoundary(boundary: PolygonBoundary): PolygonBoundary {
  return boundaryOf(
    polygonsOf(boundary).map((rings) =>
      rings.map((ring, index) => rewound(tidyRing(ring), index === 0 ? 'counter-clockwise' : 'clockwise')),
    ),
  );
}

/** Without repeats and spikes; still closed. Left as it is when nothing with an area would remain. */
export function tidyRing(ring: number[][]): number[][] {
  const open = ring.slice(0, -1).map((position) => position.slice(0, 2));
  const kept: number[][] = [];
  for (const position of open) {
    kept.push(position);
    while (dropsLast(kept)) kept.splice(-2, 1);
    if (repeatsLast(kept)) kept.pop();
  }
  while (kept.length > 3 && seamIsSpent(kept)) kept.shift();
  while (kept.length > 3 && endIsSpent(kept)) kept.pop();
  const first = kept[0];
  return first === undefined || kept.length < 3 ? ring : [...kept, first];
}

/** Twice the area in square degrees; positive when counter-clockwise. */
export function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [a, b] = [ring[i - 1] ?? [], ring[i] ?? []];
    sum += lngOf(a) * latOf(b) - lngOf(b) * latOf(a);
  }
  return sum;
}

function rewound(ring: number[][], direction: 'clockwise' | 'counter-clockwise'): number[][] {
  return signedArea(ring) > 0 === (direction === 'counter-clockwise') ? ring : ring.toReversed();
}

/** Is the last position but one a repeat or the tip of a spike? */
function dropsLast(kept: readonly number[][]): boolean {
  const [a, tip, b] = kept.slice(-3);
  return a !== undefined && tip !== undefined && b !== undefined && isSpent(a, tip, b);
}

function repeatsLast(kept: readonly number[][]): boolean {
  const [a, b] = kept.slice(-2);
  return a !== undefined && b !== undefined && isSamePosition(a, b);
}

function seamIsSpent(kept: readonly number[][]): boolean {
  return isSpent(kept.at(-1) ?? [], kept[0] ?? [], kept[1] ?? []);
}

function endIsSpent(kept: readonly number[][]): boolean {
  return isSpent(kept.at(-2) ?? [], kept.at(-1) ?? [], kept[0] ?? []);
}

function isSpent(a: Position, tip: Position, b: Position): boolean {
  if (isSamePosition(a, tip) || isSamePosition(tip, b)) return true;
  const back = (lngOf(tip) - lngOf(a)) * (lngOf(b) - lngOf(tip)) + (latOf(tip) - latOf(a)) * (latOf(b) - latOf(tip));
  return turnOf(a, tip, b) === 0 && back < 0;
}
