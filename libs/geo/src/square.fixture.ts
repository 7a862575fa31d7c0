import type { PolygonBoundary } from '@brain/contracts';

/** A square with its south-west corner at (lng, lat), sides in degrees. */
export function square(lng: number, lat: number, side = 0.01): PolygonBoundary {
  const [east, north] = [lng + side, lat + side];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [lng, lat],
        [east, lat],
        [east, north],
        [lng, north],
        [lng, lat],
      ],
    ],
  };
}
