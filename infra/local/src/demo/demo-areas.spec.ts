import { describe, expect, it } from '@jest/globals';
import { findBoundaryFault, outsideOf, overlapWith, parentCodeOf, squareMetresOf } from '@brain/geo';
import type { DemoArea } from './demo-area.js';
import { demoAreas } from './demo-areas.js';

describe('the areas of the demo district', () => {
  const started = process.cpuUsage();
  const areas = demoAreas();
  const cpuMs = process.cpuUsage(started).user / 1000;
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const ofKind = (kind: DemoArea['kind']) => areas.filter((area) => area.kind === kind);
  const childrenOf = (code: string) => areas.filter((area) => parentCodeOf(area.code) === code && area.boundary !== null);

  it('are the official streets and communities, with two to four grids in each community', () => {
    expect([ofKind('county').length, ofKind('street').length, ofKind('community').length]).toEqual([1, 9, 108]);
    for (const community of ofKind('community')) expect([2, 3, 4]).toContain(childrenOf(community.code).length);
    expect(ofKind('micro-grid').length).toBeGreaterThan(100);
    expect(new Set(areas.map(({ code }) => code)).size).toBe(areas.length);
  });

  it('come parents first and cost less than three seconds of work', () => {
    const seen = new Set<string>();
    for (const { code } of areas) {
      const parent = parentCodeOf(code);
      expect(parent === null || seen.has(parent)).toBe(true);
      seen.add(code);
    }
    expect(cpuMs).toBeLessThan(3000);
  });

  it('have sound outlines, all invented but that of the county', () => {
    for (const { boundary } of areas) expect(boundary === null ? null : findBoundaryFault(boundary)).toBeNull();
    expect(areas.filter((area) => !area.invented).map(({ code }) => code)).toEqual(['440305']);
  });

  it('lie inside their parent, do not overlap their siblings and cover the parent', () => {
    for (const { code, boundary } of areas) {
      const children = childrenOf(code);
      if (boundary === null || children.length === 0) continue;
      const covered = children.reduce((sum, child) => sum + squareMetresOf(child.boundary ?? boundary), 0);
      expect(covered / squareMetresOf(boundary)).toBeCloseTo(1, 2);
      for (const child of children) {
        if (child.boundary === null) continue;
        expect(outsideOf(boundary, child.boundary)).toBeNull();
        for (const sibling of children) {
          if (sibling.code < child.code && sibling.boundary) expect(overlapWith(sibling.boundary, child.boundary)).toBeNull();
        }
      }
    }
  });

  it('are the same on every start', () => {
    expect(demoAreas()).toEqual(areas);
    expect(byCode.get('440305001001')?.name).toBe('南头城社区居委会');
  });
});
