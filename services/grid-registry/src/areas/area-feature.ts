import type { PolygonBoundary } from '@brain/contracts';

/** One edition of one outline as the API shows it: a GeoJSON feature. */
export interface AreaFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly properties: {
    readonly code: string;
    readonly name: string;
    readonly kind: string;
    readonly parentCode: string | null;
    readonly edition: number;
    readonly validFrom: string;
    readonly invented: boolean;
  };
  readonly geometry: PolygonBoundary;
}

export interface AreaFeatureRow {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly parentCode: string | null;
  readonly edition: number;
  readonly validFrom: Date;
  readonly invented: boolean;
  readonly boundary: PolygonBoundary;
}

export function featureOf({ boundary, validFrom, ...properties }: AreaFeatureRow): AreaFeature {
  return {
    type: 'Feature',
    id: properties.code,
    properties: { ...properties, validFrom: validFrom.toISOString() },
    geometry: boundary,
  };
}
