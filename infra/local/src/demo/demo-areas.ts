import type { PolygonBoundary } from '@brain/contracts';
import { boundaryOf, kindOf, polygonsOf } from '@brain/geo';
import type { DemoArea } from './demo-area.js';
import { readDivisions, type Division } from './demo-data.js';
import { gridsOf } from './demo-grids.js';
import { ISLANDS_STREET, readIslands, type Outline } from './islands.js';
import { randomFor } from './seeded-random.js';
import { spreadSeeds } from './spread-seeds.js';
import { STREET_SEEDS } from './street-seeds.js';
import { tilesOf } from './tiles.js';

/** The county with its real outline, and everything below it on invented tiles: parents before their children. */
export function demoAreas(): readonly DemoArea[] {
  const [counties, streets, communities] = [readDivisions('county'), readDivisions('streets'), readDivisions('communities')];
  const outline = readIslands(communities);
  const streetTiles = tilesOf(outline.mainland, streets.map(seedOfStreet));

  return [
    ...counties.map((county) => ({ ...areaOf(county, outline.whole), invented: false })),
    ...streets.flatMap((street, i) => {
      const tile = streetTiles[i];
      if (tile === undefined) throw new Error(`No tile for street ${street.code}`);
      const own = communities.filter(({ code }) => code.startsWith(street.code));
      return [areaOf(street, withIslands(street, tile, outline)), ...communitiesOf(own, tile, outline)];
    }),
  ];
}

function communitiesOf(communities: readonly Division[], tile: PolygonBoundary, { islands }: Outline): readonly DemoArea[] {
  const ashore = communities.filter(({ code }) => !islands.has(code));
  const tiles = tilesOf(tile, spreadSeeds(tile, ashore.length, randomFor(ashore[0]?.code ?? '')));
  return communities.flatMap((community) => {
    const boundary = islands.get(community.code) ?? tiles[ashore.indexOf(community)];
    if (boundary === undefined) throw new Error(`No tile for community ${community.code}`);
    const area = areaOf(community, boundary);
    return [area, ...gridsOf(community, boundary)];
  });
}

function withIslands(street: Division, tile: PolygonBoundary, { islands }: Outline): PolygonBoundary {
  if (street.code !== ISLANDS_STREET) return tile;
  return boundaryOf([...polygonsOf(tile), ...[...islands.values()].flatMap(polygonsOf)]);
}

function areaOf({ code, name }: Division, boundary: PolygonBoundary): DemoArea {
  return { code, kind: kindOf(code), name, boundary, invented: true };
}

function seedOfStreet({ code }: Division) {
  const seed = STREET_SEEDS[code];
  if (seed === undefined) throw new Error(`No seed for street ${code}`);
  return seed;
}
