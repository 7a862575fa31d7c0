import type { FeatureCollection, Point } from 'geojson';
import type { AlertView } from '@brain/contracts';

export const needsPulse = ({ state, severity, location }: AlertView): boolean =>
  location !== null && state === 'ACTIVE_UNACK' && (severity === 'CRITICAL' || severity === 'MAJOR');

export function alertPoints(alerts: readonly AlertView[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: alerts.flatMap(({ alertId, location, severity, state }) =>
      location === null
        ? []
        : {
            type: 'Feature' as const,
            properties: { alertId, severity, acknowledged: state === 'ACTIVE_ACK' },
            geometry: { type: 'Point' as const, coordinates: [location.lng, location.lat] },
          },
    ),
  };
}
