import { describe, expect, it } from '@jest/globals';
import type { PolygonBoundary } from '@brain/contracts';
import { areaDecider } from '../domain/area.decider.js';
import type { AreaState } from '../domain/area.state.js';
import type { ImportItem } from './import-item.js';
import { planImport, type ImportPlan, type KnownAreas } from './import-plan.js';

const bytesOf = (_: string, events: readonly object[]) => JSON.stringify(events).length;
const request = { now: '2026-03-01T00:00:00.000Z', mayWrite: () => true, bytesOf };

const box = (west: number, south: number, east: number, north: number): PolygonBoundary => ({
  type: 'Polygon',
  coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
});
let line = 1;
const item = (code: string, name: string | null, boundary: PolygonBoundary | null = null): ImportItem => {
  line += 1;
  return { place: { line }, code, name, boundary, validFrom: null, invented: false };
};

function known(...plans: readonly ImportPlan[]): KnownAreas {
  const states = new Map<string, { state: AreaState; revision: number }>();
  for (const { changes } of plans) {
    for (const [code, events] of changes) {
      const before = states.get(code) ?? { state: areaDecider.initial, revision: -1 };
      states.set(code, { state: events.reduce(areaDecider.evolve, before.state), revision: before.revision + events.length });
    }
  }
  return {
    get: (code) => states.get(code) ?? { state: areaDecider.initial, revision: -1 },
    has: (code) => states.has(code),
    childrenOf: (code) => [...states.keys()].filter((other) => other.length === code.length + 3 && other.startsWith(code)),
  };
}
const refusalsOf = (plan: ImportPlan) => plan.refused.map(({ code, path }) => [code, path]);

const county = planImport([item('440305', '南山区', box(0, 0, 1, 1)), item('440305001', '南头街道', box(0, 0, 0.5, 1))], known(), request);

describe('planning an import', () => {
  it('takes parents first whatever the order of the file', () => {
    const plan = planImport([item('440305001001', 'C'), item('440305001', 'B'), item('440305', 'A')], known(), request);
    expect([...plan.changes.keys()]).toEqual(['440305', '440305001', '440305001001']);
    expect([plan.imported, plan.refused]).toEqual([3, []]);
  });

  it('counts what is there already, and renames what has another name', () => {
    const plan = planImport([item('440305', '南山区'), item('440305001', '新街道')], known(county), request);
    expect([plan.imported, plan.unchanged]).toEqual([1, 1]);
    expect(plan.changes.get('440305001')).toEqual([{ type: 'AreaRenamed', data: { code: '440305001', name: '新街道' } }]);
  });

  it.each([
    ['AREA_PARENT_UNKNOWN', 'code', [item('440306001', 'no county')]],
    ['AREA_CODE_INVALID', 'code', [item('44030', 'short')]],
    ['AREA_CODE_DUPLICATE', 'code', [item('440305002', 'one'), item('440305002', 'other')]],
    ['AREA_UNKNOWN', 'properties.code', [item('440305002', null, box(0.6, 0, 0.7, 1))]],
    ['BOUNDARY_SELF_CROSSING', 'geometry.coordinates.0', [item('440305002', 'B', { type: 'Polygon', coordinates: [[[0.6, 0], [0.7, 1], [0.7, 0], [0.6, 1], [0.6, 0]]] })]],
    ['BOUNDARY_OUTSIDE_PARENT', 'geometry.coordinates.0', [item('440305002', 'B', box(0.9, 0, 1.1, 1))]],
    ['BOUNDARY_OVERLAPS_SIBLING', 'geometry.coordinates.0', [item('440305002', 'B', box(0.4, 0, 0.8, 1))]],
    ['BOUNDARY_EXCLUDES_CHILD', 'geometry.coordinates', [item('440305', '南山区', box(0, 0, 0.2, 1))]],
  ])('refuses with %s and the path', (code, path, items) => {
    expect(refusalsOf(planImport(items, known(county), request))).toEqual([[code, path]]);
  });

  it('refuses what is outside the areas of the actor', () => {
    const plan = planImport([item('440305002', 'B')], known(county), { ...request, mayWrite: (code) => code.startsWith('440306') });
    expect(refusalsOf(plan)).toEqual([['AREA_OUT_OF_SCOPE', 'code']]);
  });

  it('refuses an outline too large to be recorded with both figures, also when only its editions are so together', () => {
    const wide = { ...request, bytesOf: (_: string, events: readonly object[]) => events.length * 600_000 };
    const [one, other] = [item('440305002', null, box(0.6, 0, 0.7, 1)), item('440305002', null, box(0.6, 0, 0.8, 1))];
    const registered = planImport([item('440305002', 'B')], known(county), request);
    const plan = planImport([{ ...one, validFrom: '2025-01-01' }, { ...other, validFrom: '2026-01-01' }], known(county, registered), wide);
    expect(plan.imported).toBe(1);
    expect(plan.refused).toMatchObject([{ code: 'EVENT_TOO_LARGE', path: 'geometry', message: expect.stringMatching(/1200000 bytes .* at most 1032192/) }]);
  });

  it('redraws neighbours that change places together', () => {
    const second = planImport([item('440305002', 'B', box(0.5, 0, 1, 1))], known(county), request);
    const both = planImport([item('440305001', null, box(0, 0, 0.7, 1)), item('440305002', null, box(0.7, 0, 1, 1))], known(county, second), request);
    expect([both.imported, both.refused]).toEqual([2, []]);
  });

  it('checks against the old outline when the new one of a neighbour is refused', () => {
    const second = planImport([item('440305002', 'B', box(0.5, 0, 1, 1))], known(county), request);
    const both = planImport([item('440305001', null, box(0, 0, 0.7, 1)), item('440305002', null, box(0.7, 0, 1.5, 1))], known(county, second), request);
    expect(refusalsOf(both)).toEqual([
      ['BOUNDARY_OVERLAPS_SIBLING', 'geometry.coordinates.0'],
      ['BOUNDARY_OUTSIDE_PARENT', 'geometry.coordinates.0'],
    ]);
    expect(both.changes.size).toBe(0);
  });
});
