import type { PolygonBoundary } from '@brain/contracts';
import { boundaryOf, polygonsOf, squareMetresOf, tidyBoundary } from '@brain/geo';
import { readOutline } from './demo-data.js';

/** Islands belong to a street across the water and are communities of their own; the mainland is cut into tiles. */
export interface Outline {
  readonly whole: PolygonBoundary;
  readonly mainland: PolygonBoundary;
  /** By the code of the community that is on them. */
  readonly islands: ReadonlyMap<string, PolygonBoundary>;
}

export const ISLANDS_STREET = '440305005';
const NEILINGDING_NAME = '内伶仃岛社区居委会';
const DACHAN_NAME = '大铲社区居委会';

export function readIslands(communities: readonly { code: string; name: string }[]): Outline {
  const whole = tidyBoundary(readOutline());
  const bySize = polygonsOf(whole).toSorted((a, b) => squareMetresOf(boundaryOf([b])) - squareMetresOf(boundaryOf([a])));
  const [mainland, neilingding, ...dachan] = bySize;
  if (mainland === undefined || neilingding === undefined) throw new Error('The outline has lost its islands');
  const codeOf = (name: string) => communities.find((community) => community.name === name)?.code ?? name;
  return {
    whole,
    mainland: boundaryOf([mainland]),
    islands: new Map([
      [codeOf(NEILINGDING_NAME), boundaryOf([neilingding])],
      [codeOf(DACHAN_NAME), boundaryOf(dachan)],
    ]),
  };
}
