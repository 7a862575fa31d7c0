import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leafHash, leafHashes } from '../hashing/merkle-hash.js';
import { bytesOf, ENTRIES, ROOTS } from '../hashing/rfc6962.fixture.js';
import { MemoryTiles } from '../tiles/memory-tiles.js';
import { hashTilesOf } from '../tiles/tile-address.js';
import { tilePath } from '../tiles/tile-path.js';
import { edgeFromTiles, EMPTY_TREE, growTree, rootOf, type TreeEdge } from './growing-tree.js';
import { plainRoot } from './plain-tree.fixture.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const LEAVES = Array.from({ length: 66_000 }, (_, at) => leafHash(Buffer.from(`entry ${at}`)));

function grow(tiles: MemoryTiles, edge: TreeEdge, added: readonly Uint8Array[]): TreeEdge {
  const growth = growTree(edge, added);
  for (const { address, bytes } of growth.tiles) tiles.put(address, bytes);
  return growth.edge;
}

describe('a growing tree', () => {
  it('has the known roots at one to eight entries', () => {
    let edge = EMPTY_TREE;
    for (const [at, entry] of ENTRIES.entries()) {
      ({ edge } = growTree(edge, leafHashes([bytesOf(entry)])));
      expect(hex(rootOf(edge))).toBe(ROOTS[at]);
    }
  });

  it('equals the tree built in one go, however it is cut into batches and restarts', async () => {
    const batches = fc.array(fc.record({ count: fc.integer({ min: 0, max: 700 }), restart: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(batches, async (steps) => {
        const tiles = new MemoryTiles();
        let edge = EMPTY_TREE;
        for (const { count, restart } of steps) {
          edge = grow(tiles, edge, LEAVES.slice(edge.size, edge.size + count));
          if (restart) edge = await edgeFromTiles(tiles, edge.size);
        }
        const leaves = LEAVES.slice(0, edge.size);
        expect(hex(rootOf(edge))).toBe(hex(plainRoot(leaves)));
        const atOnce = new Map(growTree(EMPTY_TREE, leaves).tiles.map(({ address, bytes }) => [tilePath(address), hex(bytes)]));
        expect([...atOnce.keys()].sort()).toEqual([...hashTilesOf(edge.size)].map(tilePath).sort());
        for (const [path, bytes] of atOnce) expect(hex(tiles.files.get(path) ?? new Uint8Array())).toBe(bytes);
      }),
      { numRuns: 40 },
    );
  });

  it('reaches the third row of tiles and restarts there', async () => {
    const tiles = new MemoryTiles();
    const edge = grow(tiles, grow(tiles, EMPTY_TREE, LEAVES.slice(0, 65_535)), LEAVES.slice(65_535));
    expect(hex(rootOf(edge))).toBe(hex(plainRoot(LEAVES)));
    expect(tiles.files.has('tile/2/000.p/1')).toBe(true);
    expect(await edgeFromTiles(tiles, LEAVES.length)).toEqual(edge);
  });

  it('restarts from full tiles when the partial ones are gone', async () => {
    const tiles = new MemoryTiles();
    const early = grow(tiles, EMPTY_TREE, LEAVES.slice(0, 300));
    grow(tiles, early, LEAVES.slice(300, 1000));
    for (const path of tiles.files.keys()) if (path.startsWith('tile/0/') && path.includes('.p/')) tiles.files.delete(path);
    const again = await edgeFromTiles(tiles, 300);
    expect(hex(rootOf(again))).toBe(hex(plainRoot(LEAVES.slice(0, 300))));
  });

  it('leaves the edge it grew from as it was', () => {
    const { edge } = growTree(EMPTY_TREE, LEAVES.slice(0, 300));
    const before = hex(rootOf(edge));
    growTree(edge, LEAVES.slice(300, 900));
    expect(hex(rootOf(edge))).toBe(before);
  });
});
