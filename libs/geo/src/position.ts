/** [lng, lat] in WGS 84 degrees; further members (height) are carried along and ignored. */
export type Position = readonly number[];

export function lngOf(position: Position): number {
  return position[0] ?? NaN;
}

export function latOf(position: Position): number {
  return position[1] ?? NaN;
}

export function isSamePosition(a: Position, b: Position): boolean {
  return lngOf(a) === lngOf(b) && latOf(a) === latOf(b);
}

/** Positive when c lies left of the line from a to b, 0 on it. */
export function turnOf(a: Position, b: Position, c: Position): number {
  return (lngOf(b) - lngOf(a)) * (latOf(c) - latOf(a)) - (latOf(b) - latOf(a)) * (lngOf(c) - lngOf(a));
}
