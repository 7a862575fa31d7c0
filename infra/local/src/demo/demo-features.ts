import type { PolygonBoundary } from '@brain/contracts';
import type { DemoArea } from './demo-area.js';

export interface DemoFeatures {
  readonly type: 'FeatureCollection';
  readonly features: readonly {
    readonly type: 'Feature';
    readonly properties: { readonly code: string; readonly name: string; readonly invented: boolean };
    readonly geometry: PolygonBoundary | null;
  }[];
}

/** The areas as `POST /api/areas/import` takes them. */
export function demoFeatures(areas: readonly DemoArea[]): DemoFeatures {
  return {
    type: 'FeatureCollection',
    features: areas.map(({ code, name, invented, boundary }) => ({
      type: 'Feature',
      properties: { code, name, invented },
      geometry: boundary,
    })),
  };
}
