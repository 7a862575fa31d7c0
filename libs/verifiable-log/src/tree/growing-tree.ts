import { EMPTY_ROOT, nodeHash, perfectRoot } from '../hashing/merkle-hash.js';
import { HASH_BYTES } from '../hashing/sha256.js';
import { rowWidth, TILE_WIDTH, tileInTree, type TileAddress } from '../tiles/tile-address.js';
import { readTile, type TileReader } from '../tiles/tile-reader.port.js';

/**
 * The right edge of a tree, all that growing it needs: for each level the hashes of its partial tile.
 * Plain data; growing gives a new edge, so whoever fails to write the tiles still holds the old one.
 */
export interface TreeEdge {
  readonly size: number;
  /** `levels[l]` holds the `rowWidth(size, l) mod 256` hashes of the partial tile of level l. */
  readonly levels: readonly Uint8Array[];
}

export const EMPTY_TREE: TreeEdge = { size: 0, levels: [] };

export interface HashTile {
  readonly address: TileAddress;
  readonly bytes: Uint8Array;
}

export interface Growth {
  readonly edge: TreeEdge;
  /** The tiles this batch completed, and the partial ones it changed, lowest level first. */
  readonly tiles: readonly HashTile[];
}

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;
const NO_HASHES = new Uint8Array();

/** The tree with a batch of leaf hashes added: an array of hashes, or one buffer of them (`leafHashes`). */
export function growTree(edge: TreeEdge, added: readonly Uint8Array[] | Uint8Array): Growth {
  const levels = [...edge.levels];
  const tiles: HashTile[] = [];
  let incoming = added instanceof Uint8Array ? added : Buffer.concat(added);
  const size = edge.size + incoming.length / HASH_BYTES;
  for (let level = 0; incoming.length > 0; level += 1) {
    const row = Buffer.concat([levels[level] ?? NO_HASHES, incoming]);
    const first = Math.floor(rowWidth(edge.size, level) / TILE_WIDTH);
    const roots: Uint8Array[] = [];
    let at = 0;
    for (; at + TILE_BYTES <= row.length; at += TILE_BYTES) {
      const bytes = row.subarray(at, at + TILE_BYTES);
      tiles.push({ address: { level, index: first + roots.length, width: TILE_WIDTH }, bytes });
      roots.push(perfectRoot(bytes));
    }
    const rest = row.subarray(at);
    levels[level] = rest;
    if (rest.length > 0) {
      tiles.push({ address: { level, index: first + roots.length, width: rest.length / HASH_BYTES }, bytes: rest });
    }
    incoming = Buffer.concat(roots);
  }
  return { edge: { size, levels }, tiles };
}

/** The Merkle tree hash of the whole tree. */
export function rootOf(edge: TreeEdge): Uint8Array {
  let root: Uint8Array | undefined;
  for (const hashes of edge.levels) root = foldLeft(hashes, root);
  return root ?? EMPTY_ROOT;
}

/** The edge of a tree that is already in tiles: what a sequencer starts from. Compare its root with the checkpoint. */
export async function edgeFromTiles(reader: TileReader, size: number): Promise<TreeEdge> {
  const levels: Uint8Array[] = [];
  for (let level = 0; rowWidth(size, level) > 0; level += 1) {
    const address = tileInTree(size, level, Math.floor(rowWidth(size, level) / TILE_WIDTH));
    levels.push(address === undefined ? NO_HASHES : await readTile(reader, address));
  }
  return { size, levels };
}

/** Root over `hashes` and, to their right, what `right` is the root of. Perfect trees are split off from the right. */
function foldLeft(hashes: Uint8Array, right: Uint8Array | undefined): Uint8Array | undefined {
  let root = right;
  let end = hashes.length / HASH_BYTES;
  for (let width = 1; end > 0; width *= 2) {
    if (end % (2 * width) === 0) continue;
    const perfect = perfectRoot(hashes.subarray((end - width) * HASH_BYTES, end * HASH_BYTES));
    root = root === undefined ? perfect : nodeHash(perfect, root);
    end -= width;
  }
  return root;
}
