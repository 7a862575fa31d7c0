import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leafHash } from '../hashing/merkle-hash.js';
import { bytesOf, CONSISTENCY_PROOFS, ENTRIES, INCLUSION_PROOFS, ROOTS } from '../hashing/rfc6962.fixture.js';
import { MemoryTiles } from '../tiles/memory-tiles.js';
import { EMPTY_TREE, growTree } from '../tree/growing-tree.js';
import { plainRoot } from '../tree/plain-tree.fixture.js';
import { subtreeHashFrom } from '../tree/subtree-hash.js';
import { consistencyPath, consistencyProof, verifyConsistency } from './consistency-proof.js';
import { inclusionProof, inclusionProofs, verifyInclusion } from './inclusion-proof.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const LEAVES = Array.from({ length: 1_000 }, (_, at) => leafHash(Buffer.from(`entry ${at}`)));
const known = ENTRIES.map((entry) => leafHash(bytesOf(entry)));

/** Tiles as they were at each of the sizes: partial ones included. */
function tilesAt(leaves: readonly Uint8Array[], sizes: readonly number[]): MemoryTiles {
  const tiles = new MemoryTiles();
  let edge = EMPTY_TREE;
  for (const size of sizes) {
    const growth = growTree(edge, leaves.slice(edge.size, size));
    for (const { address, bytes } of growth.tiles) tiles.put(address, bytes);
    edge = growth.edge;
  }
  return tiles;
}

const every = (to: number): number[] => Array.from({ length: to }, (_, at) => at + 1);
const root = (size: number): Uint8Array => plainRoot(LEAVES.slice(0, size));

describe('inclusion proofs', () => {
  const tiles = tilesAt(known, every(8));

  it.each(INCLUSION_PROOFS)('are the known ones: entry $index of $size', async ({ index, size, proof }) => {
    const path = await inclusionProof(tiles, index, size);
    expect(path.map(hex)).toEqual(proof);
    const claim = { leafHash: known[index] ?? Buffer.alloc(0), index, size, root: bytesOf(ROOTS[size - 1] ?? '') };
    expect(() => verifyInclusion(claim, path)).not.toThrow();
  });

  it('hold for every entry of every tree up to 300', async () => {
    const all = tilesAt(LEAVES, every(300));
    const roots = every(300).map(root);
    for (let size = 1; size <= 300; size += 1) {
      const proofOf = inclusionProofs(all, size);
      for (let index = 0; index < size; index += 1) {
        verifyInclusion({ leafHash: LEAVES[index] ?? Buffer.alloc(0), index, size, root: roots[size - 1] ?? Buffer.alloc(0) }, await proofOf(index));
      }
    }
  });

  it('find any bit that is changed, a missing hash, one too many, and another index or size', async () => {
    const all = tilesAt(LEAVES, [1_000]);
    const target = root(1_000);
    await fc.assert(
      fc.asyncProperty(fc.nat(999), fc.nat(), async (index, bit) => {
        const path = await inclusionProof(all, index, 1_000);
        const claim = { leafHash: LEAVES[index] ?? Buffer.alloc(0), index, size: 1_000, root: target };
        verifyInclusion(claim, path);
        const changed = path.map((hash) => Buffer.from(hash));
        flip(changed, bit);
        expect(() => verifyInclusion(claim, changed)).toThrow();
        expect(() => verifyInclusion(claim, path.slice(1))).toThrow();
        expect(() => verifyInclusion(claim, path.slice(0, -1))).toThrow();
        expect(() => verifyInclusion(claim, [...path, target])).toThrow();
        expect(() => verifyInclusion({ ...claim, index: (index + 1) % 1_000 }, path)).toThrow();
        expect(() => verifyInclusion({ ...claim, size: 2_048 }, path)).toThrow();
        expect(() => verifyInclusion({ ...claim, root: root(999) }, path)).toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [8, 8],
    [-1, 8],
    [0, 0],
    [0.5, 8],
  ])('are refused for entry %d of a tree of %d', async (index, size) => {
    await expect(inclusionProof(tiles, index, size)).rejects.toMatchObject({ code: 'INDEX_OUT_OF_TREE' });
  });

  it('of a tree larger than 2^32 are checked without losing bits', () => {
    const size = 2 ** 40 + 1;
    const claim = { leafHash: known[0] ?? Buffer.alloc(0), index: 2 ** 40, size, root: known[1] ?? Buffer.alloc(0) };
    expect(() => verifyInclusion(claim, [known[1] ?? Buffer.alloc(0)])).toThrow(expect.objectContaining({ code: 'INCLUSION_PROOF_INVALID' }));
    expect(() => verifyInclusion(claim, [])).toThrow(expect.objectContaining({ code: 'PROOF_LENGTH_WRONG' }));
  });
});

describe('consistency proofs', () => {
  const tiles = tilesAt(known, every(8));

  it.each(CONSISTENCY_PROOFS)('are the known ones: $from to $to', async ({ from, to, proof }) => {
    const path = await consistencyProof(tiles, from, to);
    expect(path.map(hex)).toEqual(proof);
    const head = (size: number): { size: number; root: Buffer } => ({ size, root: bytesOf(ROOTS[size - 1] ?? '') });
    expect(() => verifyConsistency(head(from), head(to), path)).not.toThrow();
  });

  it('hold between any two trees up to 300', async () => {
    const all = tilesAt(LEAVES, every(300));
    const heads = Array.from({ length: 301 }, (_, size) => ({ size, root: root(size) }));
    for (const newer of heads) {
      const subtree = subtreeHashFrom(all, newer.size);
      for (const older of heads.slice(0, newer.size + 1)) {
        const path = await consistencyPath(subtree, older.size, newer.size);
        verifyConsistency(older, newer, path);
      }
      expect(newer.size).toBeLessThanOrEqual(300);
    }
  });

  it('find any bit that is changed, a missing hash and one too many', async () => {
    const all = tilesAt(LEAVES, [1_000]);
    const newer = { size: 1_000, root: root(1_000) };
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 999 }), fc.nat(), async (size, bit) => {
        const path = await consistencyProof(all, size, 1_000);
        const older = { size, root: root(size) };
        verifyConsistency(older, newer, path);
        const changed = path.map((hash) => Buffer.from(hash));
        flip(changed, bit);
        expect(() => verifyConsistency(older, newer, changed)).toThrow();
        expect(() => verifyConsistency(older, newer, path.slice(1))).toThrow();
        expect(() => verifyConsistency(older, newer, path.slice(0, -1))).toThrow();
        expect(() => verifyConsistency(older, newer, [...path, newer.root])).toThrow();
        expect(() => verifyConsistency({ ...older, root: newer.root }, newer, path)).toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it('are refused for a tree that shrank', async () => {
    await expect(consistencyProof(tiles, 8, 7)).rejects.toMatchObject({ code: 'SIZES_OUT_OF_ORDER' });
  });

  it('between equal sizes ask for equal roots', () => {
    expect(() => verifyConsistency({ size: 5, root: root(5) }, { size: 5, root: root(6) }, [])).toThrow();
    expect(() => verifyConsistency({ size: 5, root: root(5) }, { size: 5, root: root(5) }, [root(5)])).toThrow();
  });
});

function flip(hashes: readonly Buffer[], bit: number): void {
  const all = hashes.reduce((bits, hash) => bits + hash.length * 8, 0);
  const at = bit % all;
  const hash = hashes[Math.floor(at / 256)];
  if (hash !== undefined) hash[Math.floor((at % 256) / 8)] = (hash[Math.floor((at % 256) / 8)] ?? 0) ^ (1 << (at % 8));
}
