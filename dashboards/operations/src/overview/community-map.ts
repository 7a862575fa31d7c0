import 'maplibre-gl/dist/maplibre-gl.css';
import { LngLatBounds, Map as MapLibreMap, Marker, NavigationControl, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { FeatureCollection } from 'geojson';
import type { AlertView } from '@brain/contracts';
import type { Palette } from '../app/palette.js';
import type { Boundaries } from '../areas/areas.queries.js';
import { shortName } from '../areas/area-label.js';
import type { CommunityCount } from './community-counts.js';
import { alertPoints, needsPulse } from './map-points.js';
import { labelPoint, positionsOf } from './map-geometry.js';
import { mapStyle } from './map-style.js';

setWorkerUrl(workerUrl);

/** At most this many things move on the map at once: a wall of pulses says nothing. */
const PULSES = 30;

export interface MapEvents {
  readonly onArea: (code: string | null) => void;
  readonly onHover: (code: string | null, x: number, y: number) => void;
  readonly onAlert: (alertId: string) => void;
}

/** The district drawn from our own outlines: no tiles, no glyphs, nothing from elsewhere. */
export class CommunityMap {
  private readonly map: MapLibreMap;
  private readonly ready: Promise<void>;
  private readonly pulses = new Map<string, Marker>();
  private labels: Marker[] = [];
  private counted: ReadonlySet<string> = new Set();
  private selected: string | null = null;

  constructor(container: HTMLElement, palette: Palette, private readonly scale: number, events: MapEvents) {
    this.map = new MapLibreMap({
      container,
      style: mapStyle(palette, scale),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      maxPitch: 0,
      fadeDuration: 0,
      center: [113.93, 22.53],
      zoom: 9.5,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
    this.ready = new Promise((resolve) => void this.map.once('style.load', () => resolve()));
    this.listen(events);
  }

  async showOutlines(communities: Boundaries, streets: Boundaries): Promise<void> {
    await this.ready;
    void this.source('communities').setData(collection(communities));
    void this.source('streets').setData(collection(streets));
    this.labels.forEach((label) => label.remove());
    this.labels = streets.features.map(({ properties, geometry }) =>
      new Marker({ element: labelElement(shortName(properties.name)) }).setLngLat(labelPoint(geometry)).addTo(this.map),
    );
    this.fit([...communities.features, ...streets.features].flatMap(({ geometry }) => positionsOf(geometry)));
  }

  async showCounts(counts: ReadonlyMap<string, CommunityCount>): Promise<void> {
    await this.ready;
    for (const code of this.counted) if (!counts.has(code)) this.map.removeFeatureState({ source: 'communities', id: code });
    for (const [id, count] of counts) this.map.setFeatureState({ source: 'communities', id }, { ...count });
    this.counted = new Set(counts.keys());
    if (this.selected !== null) this.map.setFeatureState({ source: 'communities', id: this.selected }, { selected: true });
  }

  async showAlerts(alerts: readonly AlertView[]): Promise<void> {
    await this.ready;
    void this.source('alerts').setData(alertPoints(alerts));
    const wanted = new Map(alerts.filter(needsPulse).slice(0, PULSES).map((alert) => [alert.alertId, alert]));
    for (const [id, pulse] of this.pulses) {
      if (wanted.has(id)) continue;
      pulse.remove();
      this.pulses.delete(id);
    }
    for (const [id, { location, severity }] of wanted) {
      if (location === null || this.pulses.has(id)) continue; // one that runs is not started again
      this.pulses.set(id, new Marker({ element: pulseElement(severity) }).setLngLat([location.lng, location.lat]).addTo(this.map));
    }
  }

  async select(code: string | null): Promise<void> {
    await this.ready;
    if (this.selected !== null) this.map.setFeatureState({ source: 'communities', id: this.selected }, { selected: false });
    if (code !== null) this.map.setFeatureState({ source: 'communities', id: code }, { selected: true });
    this.selected = code;
  }

  remove(): void {
    this.map.remove();
  }

  private source(id: string): GeoJSONSource {
    const source = this.map.getSource<GeoJSONSource>(id);
    if (source === undefined) throw new Error(`the map has no source ${id}`);
    return source;
  }

  private fit(positions: readonly (readonly [number, number])[]): void {
    const [first] = positions;
    if (first === undefined) return;
    const bounds = positions.reduce((all, position) => all.extend([...position]), new LngLatBounds([...first], [...first]));
    const [top, bottom, side] = [44 * this.scale, 36 * this.scale, 20 * this.scale];
    this.map.fitBounds(bounds, { padding: { top, bottom, left: side, right: side }, duration: 0 });
  }

  private listen({ onArea, onHover, onAlert }: MapEvents): void {
    this.map.on('click', ({ point }) => {
      const [alert] = this.map.queryRenderedFeatures(point, { layers: ['alert-points'] });
      if (alert !== undefined) {
        onAlert(String(alert.properties.alertId));
        return;
      }
      const [area] = this.map.queryRenderedFeatures(point, { layers: ['community-fill'] });
      onArea(area === undefined ? null : String(area.properties.code));
    });
    this.map.on('mousemove', 'community-fill', ({ point, features }) => {
      this.map.getCanvas().style.cursor = 'pointer';
      onHover(features?.[0] === undefined ? null : String(features[0].properties.code), point.x, point.y);
    });
    this.map.on('mouseleave', 'community-fill', () => {
      this.map.getCanvas().style.cursor = '';
      onHover(null, 0, 0);
    });
  }
}

function collection({ type, features }: Boundaries): FeatureCollection {
  return { type, features: [...features] };
}

function labelElement(text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'map-label';
  element.textContent = text;
  return element;
}

function pulseElement(severity: string): HTMLElement {
  const element = document.createElement('span');
  element.className = `map-pulse severity-${severity}`;
  return element;
}
