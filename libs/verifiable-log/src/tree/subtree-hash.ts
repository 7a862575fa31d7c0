import { nodeHash, perfectRoot } from '../hashing/merkle-hash.js';
import { HASH_BYTES } from '../hashing/sha256.js';
import { LogFault } from '../log-fault.js';
import { TILE_WIDTH, tileInTree } from '../tiles/tile-address.js';
import { tilePath } from '../tiles/tile-path.js';
import { readTile, type TileReader } from '../tiles/tile-reader.port.js';
import { splitPoint } from './split-point.js';

/** Gives MTH(D[from:to]) of a tree. */
export type SubtreeHash = (from: number, to: number) => Promise<Uint8Array>;

/** Subtree hashes of the tree of `size`, from its tiles alone; each tile is read once, each subtree hashed once. */
export function subtreeHashFrom(reader: TileReader, size: number): SubtreeHash {
  const read = new Map<string, Promise<Uint8Array>>();
  const hashed = new Map<string, Promise<Uint8Array>>();

  const tileAt = (level: number, index: number): Promise<Uint8Array> => {
    const address = tileInTree(size, level, index);
    if (address === undefined) throw new LogFault('INDEX_OUT_OF_TREE', `A tree of ${size} has no tile ${index} at level ${level}`);
    const path = tilePath(address);
    const known = read.get(path) ?? readTile(reader, address);
    read.set(path, known);
    return known;
  };

  const subtree: SubtreeHash = (from, to) => {
    const known = hashed.get(`${from}-${to}`) ?? compute(from, to);
    hashed.set(`${from}-${to}`, known);
    return known;
  };

  async function compute(from: number, to: number): Promise<Uint8Array> {
    const width = to - from;
    const split = splitPoint(width);
    if (2 * split !== width && width > 1) return nodeHash(await subtree(from, from + split), await subtree(from + split, to));
    const level = levelOf(width);
    const row = TILE_WIDTH ** level;
    const hashes = await tileAt(level, Math.floor(from / (row * TILE_WIDTH)));
    const start = Math.floor(from / row) % TILE_WIDTH;
    return perfectRoot(hashes.subarray(start * HASH_BYTES, (start + width / row) * HASH_BYTES));
  }

  return subtree;
}

/** The highest row of tiles in which a perfect tree of this width has whole hashes. */
function levelOf(width: number): number {
  let level = 0;
  while (TILE_WIDTH ** (level + 1) <= width) level += 1;
  return level;
}
