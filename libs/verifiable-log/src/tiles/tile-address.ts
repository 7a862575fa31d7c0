/** Hashes in a full tile, entries in a full bundle: the tree is cut every eight rows. */
export const TILE_WIDTH = 256;

/** Highest level of a hash tile that a path may name. */
export const MAX_TILE_LEVEL = 63;

/** A hash tile (`level` 0 holds leaf hashes) or, with `'entries'`, the bundle of entries under a tile of level 0. */
export interface TileAddress {
  readonly level: number | 'entries';
  /** Counts tiles of the level from the left. */
  readonly index: number;
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number;
}

/** How many nodes the row of tiles at `level` holds in a tree of `size` entries. */
export function rowWidth(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The tile at a place as a tree of `size` has it; undefined where that tree has none. */
export function tileInTree(size: number, level: number | 'entries', index: number): TileAddress | undefined {
  const width = Math.min(TILE_WIDTH, rowWidth(size, level === 'entries' ? 0 : level) - index * TILE_WIDTH);
  return width > 0 ? { level, index, width } : undefined;
}

/** All hash tiles of a tree, lowest level first; the partial tile of a level comes last in it. */
export function* hashTilesOf(size: number): Generator<TileAddress> {
  for (let level = 0; rowWidth(size, level) > 0; level += 1) {
    for (let index = 0; ; index += 1) {
      const address = tileInTree(size, level, index);
      if (address === undefined) break;
      yield address;
    }
  }
}
