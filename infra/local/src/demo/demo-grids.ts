import type { PolygonBoundary } from '@brain/contracts';
import { nextGridCode } from '@brain/geo';
import type { DemoArea } from './demo-area.js';
import type { Division } from './demo-data.js';
import { randomFor, wholeBetween } from './seeded-random.js';
import { spreadSeeds } from './spread-seeds.js';
import { tilesOf } from './tiles.js';

const NUMERALS = ['一', '二', '三', '四'];
/** One grid in so many is divided further. */
const GRIDS_PER_DIVIDED_GRID = 3;

/** Two to four invented grids 网格 of a community, numbered west to east, some of them with micro-grids 微网格. */
export function gridsOf(community: Division, boundary: PolygonBoundary): readonly DemoArea[] {
  const random = randomFor(community.code);
  const shortName = `${community.name.replace(/社区居委会$|虚拟社区$/, '')}社区`;
  const codes: string[] = [];
  return tilesOf(boundary, spreadSeeds(boundary, wholeBetween(random, 2, 4), random)).flatMap((tile, i) => {
    const code = nextGridCode(community.code, codes);
    codes.push(code);
    const name = `${shortName}第${NUMERALS[i] ?? String(i + 1)}网格`;
    const divided = wholeBetween(random, 1, GRIDS_PER_DIVIDED_GRID) === 1;
    return [
      { code, kind: 'grid', name, boundary: tile, invented: true },
      ...(divided ? microGridsOf(code, name, wholeBetween(random, 2, 3)) : []),
    ];
  });
}

function microGridsOf(gridCode: string, gridName: string, count: number): readonly DemoArea[] {
  return Array.from({ length: count }, (_, i) => ({
    code: `${gridCode}-${String(i + 1).padStart(2, '0')}`,
    kind: 'micro-grid',
    name: `${gridName}${String(i + 1)}号微网格`,
    boundary: null,
    invented: true,
  }));
}
