import type { PolygonBoundary } from '@brain/contracts';

type Position = readonly [number, number];

export function positionsOf(boundary: PolygonBoundary): Position[] {
  const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
  return polygons.flatMap((rings) => rings[0] ?? []).map(asPosition);
}

/** Where a name stands: the centroid of the largest outer ring. */
export function labelPoint(boundary: PolygonBoundary): [number, number] {
  const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates;
  const rings = polygons.map((rings) => (rings[0] ?? []).map(asPosition));
  const [largest] = rings.map((ring) => ({ ring, ...centroid(ring) })).sort((a, b) => Math.abs(b.area) - Math.abs(a.area));
  return largest === undefined ? [0, 0] : [largest.lng, largest.lat];
}

function centroid(ring: readonly Position[]): { area: number; lng: number; lat: number } {
  let area = 0;
  let lng = 0;
  let lat = 0;
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    lng += (x1 + x2) * cross;
    lat += (y1 + y2) * cross;
  }
  if (area === 0) return { area: 0, lng: ring[0]?.[0] ?? 0, lat: ring[0]?.[1] ?? 0 };
  return { area: area / 2, lng: lng / (3 * area), lat: lat / (3 * area) };
}

function asPosition(position: readonly number[]): Position {
  return [position[0] ?? 0, position[1] ?? 0];
}
