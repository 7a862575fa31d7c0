import { describe, expect, it } from '@jest/globals';
import type { ReplayComposition } from '@brain/event-store';
import { chosen } from './replay-selection.js';

const projection = (name: string, ...tables: string[]) => ({ name, tables, types: [], from: 'store' as const, apply: () => Promise.resolve() });
const compositions: readonly ReplayComposition[] = [
  { service: 'alerting', schema: 'alerting', projections: [projection('alert-list', 'alert_list'), projection('area-copy', 'area_copy')] },
  { service: 'sensor-ingestion', schema: 'sensor_ingestion', projections: [projection('area-register', 'areas')] },
  { service: 'case-management', schema: 'case_management', projections: [projection('case-list', 'case_list'), projection('area-register', 'areas')] },
];
const namesOf = (choice: Parameters<typeof chosen>[1]) => chosen(compositions, choice).map(({ service, projections }) => [service, projections.map(({ name }) => name)]);

describe('what a replay rebuilds', () => {
  it('is everything when nothing is named', () => {
    expect(namesOf({})).toHaveLength(3);
  });

  it('is one service', () => {
    expect(namesOf({ service: 'alerting' })).toEqual([['alerting', ['alert-list', 'area-copy']]]);
  });

  it.each(['case_list', 'case-list'])('is one read table, by its name or its projection: %s', (table) => {
    expect(namesOf({ table })).toEqual([['case-management', ['case-list']]]);
  });

  it('is the table of that name in each service, or in the one that is named', () => {
    expect(namesOf({ table: 'areas' }).map(([service]) => service)).toEqual(['sensor-ingestion', 'case-management']);
    expect(namesOf({ table: 'areas', service: 'case-management' })).toEqual([['case-management', ['area-register']]]);
  });

  it('is refused with the names there are', () => {
    expect(() => chosen(compositions, { service: 'billing' })).toThrow('There is no service billing. There are: alerting, sensor-ingestion, case-management');
    expect(() => chosen(compositions, { table: 'case_list', service: 'alerting' })).toThrow('There is no read table case_list. There are: alert_list, area_copy');
  });
});
