import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';
import { SEVERITIES } from '@brain/contracts';
import type { Palette } from '../app/palette.js';

const EMPTY = { type: 'FeatureCollection' as const, features: [] };

/** Colour is the worst severity in a community, strength the number of its open alerts. */
export function mapStyle(palette: Palette, scale: number): StyleSpecification {
  const { land, edge, street } = palette.map;
  const bySeverity = (input: ExpressionSpecification): ExpressionSpecification =>
    ['match', input, ...SEVERITIES.flatMap((name) => [name, palette.severity[name]]), land] as unknown as ExpressionSpecification;
  const count: ExpressionSpecification = ['coalesce', ['feature-state', 'count'], 0];
  const selected: ExpressionSpecification = ['boolean', ['feature-state', 'selected'], false];
  return {
    version: 8,
    sources: {
      communities: { type: 'geojson', data: EMPTY, promoteId: 'code' },
      streets: { type: 'geojson', data: EMPTY, promoteId: 'code' },
      alerts: { type: 'geojson', data: EMPTY },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': palette.panel } },
      { id: 'community-land', type: 'fill', source: 'communities', paint: { 'fill-color': land } },
      {
        id: 'community-fill',
        type: 'fill',
        source: 'communities',
        paint: {
          'fill-color': bySeverity(['coalesce', ['feature-state', 'worst'], '']),
          'fill-opacity': ['interpolate', ['linear'], count, 0, 0.01, 1, 0.28, 4, 0.5, 10, 0.75],
        },
      },
      { id: 'community-edge', type: 'line', source: 'communities', paint: { 'line-color': edge, 'line-width': 0.7 * scale } },
      { id: 'street-edge', type: 'line', source: 'streets', paint: { 'line-color': street, 'line-width': 1.6 * scale } },
      {
        id: 'community-selected',
        type: 'line',
        source: 'communities',
        paint: { 'line-color': palette.accent, 'line-width': ['case', selected, 3 * scale, 0] },
      },
      {
        id: 'alert-points',
        type: 'circle',
        source: 'alerts',
        paint: {
          'circle-color': bySeverity(['get', 'severity']),
          'circle-radius': ['case', ['get', 'acknowledged'], 4 * scale, 5.5 * scale],
          'circle-opacity': ['case', ['get', 'acknowledged'], 0.55, 1],
          'circle-stroke-color': palette.panel,
          'circle-stroke-width': 1.5 * scale,
        },
      },
    ],
  };
}
