import type { Availability, RuleDefinitionInput } from '@brain/contracts';
import type { ApiClient } from '@brain/local/api-client';
import { eventually } from '@brain/testing';

/** The areas that a spec works in: a county of its own, so that specs which share a product do not meet. */
export interface District {
  readonly county: string;
  readonly community: string;
  readonly otherCommunity: string;
  /** In `community`. */
  readonly grid: string;
}

export function districtIn(county: string): District {
  const community = `${county}001001`;
  return { county, community, otherCommunity: `${county}002003`, grid: `${community}001` };
}

export const NANSHAN = districtIn('440305');
export const { community: COMMUNITY, otherCommunity: OTHER_COMMUNITY } = NANSHAN;

export async function importAreas(admin: ApiClient, { county, community, otherCommunity, grid } = NANSHAN): Promise<void> {
  const lines = [
    'code,name',
    `${county},南山区`,
    `${county}001,南头街道`,
    `${county}002,南山街道`,
    `${community},南头城社区居委会`,
    `${otherCommunity},南光社区居委会`,
    `${grid},第一网格`,
    '',
  ];
  await admin.post('/api/areas/import', lines.join('\n'), { contentType: 'text/csv' });
}

/** Nested outlines, a few kilometres wide, so that there is a map to look at. */
export async function drawBoundaries(admin: ApiClient, { county, community, otherCommunity } = NANSHAN): Promise<void> {
  const features = [
    [county, [113.85, 22.48, 114.0, 22.6]],
    [`${county}001`, [113.9, 22.52, 113.94, 22.55]],
    [`${county}002`, [113.9, 22.49, 113.94, 22.52]],
    [community, [113.9, 22.52, 113.92, 22.55]],
    [otherCommunity, [113.9, 22.49, 113.92, 22.52]],
  ].map(([code, box]) => ({ type: 'Feature', properties: { code, invented: true }, geometry: rectangle(box as number[]) }));
  await admin.post('/api/areas/import', JSON.stringify({ type: 'FeatureCollection', features }), { contentType: 'application/geo+json' });
}

function rectangle([west = 0, south = 0, east = 0, north = 0]: readonly number[]) {
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: 'Polygon', coordinates: [ring] };
}

/** Other services hear of new areas over the bus: a moment later. */
export function soon<T>(attempt: () => Promise<T>): Promise<T> {
  return eventually(attempt, { timeoutMs: 15_000 });
}

export async function registerWorker(admin: ApiClient, name: string, availability: Availability = 'on-duty', areaCode = COMMUNITY) {
  const { staffId } = await soon(() =>
    admin.post<{ staffId: string }>('/api/staff', { name, roles: ['grid-worker'], areaCodes: [areaCode], skills: [], availability }),
  );
  return staffId;
}

export function registerDevice(admin: ApiClient, name: string, kind = 'temperature', areaCode = `${COMMUNITY}001`) {
  return soon(() =>
    admin.post<{ deviceId: string; accessToken: string }>('/api/devices', {
      name,
      kind,
      areaCode,
      location: { lng: 113.91, lat: 22.53 },
    }),
  );
}

export function defineRule(admin: ApiClient, deviceId: string, rule: Partial<RuleDefinitionInput> = {}) {
  return soon(() =>
    admin.post<{ ruleId: string }>('/api/rules', {
      name: 'lift room too hot',
      scope: { deviceIds: [deviceId] },
      when: 'reading.temperature > 60.0',
      for: 'PT2M',
      clearWhen: 'reading.temperature < 55.0',
      severity: 'CRITICAL',
      openCase: { category: '01076', title: 'lift room over 60 °C' },
      ...rule,
    }),
  );
}
