import {
  EMPTY_TREE,
  formatEntryBundle,
  growTree,
  leafHashes,
  TILE_WIDTH,
  type TileAddress,
  type TreeEdge,
} from '@brain/verifiable-log';

/** All that adding to a log needs. Plain data: who fails to write goes on from the old one. */
export interface LogEnd {
  readonly edge: TreeEdge;
  /** The entries of the last bundle as long as it is not full, in the form of a bundle. */
  readonly openBundle: Uint8Array;
}

export const EMPTY_LOG: LogEnd = { edge: EMPTY_TREE, openBundle: new Uint8Array() };

export interface LogTile {
  readonly address: TileAddress;
  readonly bytes: Uint8Array;
}

export interface Extension {
  readonly end: LogEnd;
  /** Hash tiles and bundles that became full or wider. */
  readonly tiles: readonly LogTile[];
}

/** The log with these entries added: which tiles it takes, and where it ends then. */
export function extendLog(end: LogEnd, entries: readonly Uint8Array[]): Extension {
  const { edge, tiles } = growTree(end.edge, leafHashes(entries));
  const { bundles, openBundle } = fillBundles(end, entries);
  return { end: { edge, openBundle }, tiles: [...bundles, ...tiles] };
}

function fillBundles({ edge, openBundle }: LogEnd, entries: readonly Uint8Array[]) {
  const bundles: LogTile[] = [];
  let before = openBundle;
  let width = edge.size % TILE_WIDTH;
  let index = Math.floor(edge.size / TILE_WIDTH);
  for (let at = 0; at < entries.length; ) {
    const added = entries.slice(at, at + TILE_WIDTH - width);
    const bytes = Buffer.concat([before, formatEntryBundle(added)]);
    at += added.length;
    width += added.length;
    bundles.push({ address: { level: 'entries', index, width }, bytes });
    const isFull = width === TILE_WIDTH;
    before = isFull ? new Uint8Array() : bytes;
    if (isFull) [width, index] = [0, index + 1];
  }
  return { bundles, openBundle: before };
}
