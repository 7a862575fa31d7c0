import { openCheckpoint, type CheckpointPolicy, type OpenedCheckpoint } from '../checkpoint/checkpoint.js';
import { leafHashes } from '../hashing/merkle-hash.js';
import { sameBytes } from '../hashing/same-bytes.js';
import { HASH_BYTES } from '../hashing/sha256.js';
import { isLogFault, LogFault } from '../log-fault.js';
import { parseEntryBundle } from '../tiles/entry-bundle.js';
import { TILE_WIDTH, tileInTree } from '../tiles/tile-address.js';
import { tilePath } from '../tiles/tile-path.js';
import { firstIndexOf, readTile, type LogReader, type TileReader } from '../tiles/tile-reader.port.js';
import { EMPTY_TREE, growTree, rootOf, type HashTile, type TreeEdge } from '../tree/growing-tree.js';

export interface VerifyLogOptions extends CheckpointPolicy {
  /** The checkpoint to check against; the log's own newest one when absent. */
  readonly checkpoint?: string;
  /** Told after every bundle how many entries are checked, and of how many. */
  readonly onProgress?: (checked: number, size: number) => void;
  /** Sees every entry once it fits its hash, e.g. to compare it with a database. The bytes are only lent. */
  readonly onEntry?: (entry: Uint8Array, index: number) => void | Promise<void>;
  /** Bundles fetched ahead. Default 4. */
  readonly readAhead?: number;
}

/**
 * Checks a whole log: every entry against its leaf hash, every tile against the tree computed from the entries, that
 * tree against the signed checkpoint. Memory stays the same whatever the size. Throws a `LogFault` that names the
 * first bad entry when entries and tiles disagree; when all of them agree with each other but not with the
 * checkpoint (`ROOT_MISMATCH`), the whole history was rewritten and no single entry stands out.
 */
export async function verifyLog(reader: LogReader, options: VerifyLogOptions): Promise<OpenedCheckpoint> {
  const note = options.checkpoint ?? (await reader.checkpoint());
  if (note === undefined) throw new LogFault('CHECKPOINT_MISSING', 'The log shows no checkpoint');
  const checkpoint = openCheckpoint(note, options);
  const { size } = checkpoint;
  let edge = EMPTY_TREE;
  for await (const { entries, tile } of bundlesOf(reader, size, options.readAhead ?? 4)) {
    const hashes = leafHashes(entries);
    compareLeaves(hashes, tile, edge.size);
    if (options.onEntry !== undefined) for (const [at, entry] of entries.entries()) await options.onEntry(entry, edge.size + at);
    edge = await growAndCompare(reader, edge, hashes, size);
    options.onProgress?.(edge.size, size);
  }
  if (!sameBytes(rootOf(edge), checkpoint.root)) {
    throw new LogFault('ROOT_MISMATCH', `The ${size} entries and their tiles fit each other but not the signed root: the history was rewritten`);
  }
  return checkpoint;
}

interface Bundle {
  readonly entries: readonly Uint8Array[];
  readonly tile: Uint8Array;
}

/** All bundles with their leaf tiles, in order; the next few are read while one is checked. */
async function* bundlesOf(reader: TileReader, size: number, readAhead: number): AsyncGenerator<Bundle> {
  const reading: Promise<Bundle>[] = [];
  for (let index = 0; ; index += 1) {
    const next = readBundle(reader, size, index);
    if (next !== undefined) {
      // Its failure is reported when its turn comes; until then it must not count as unhandled.
      next.catch(() => undefined);
      reading.push(next);
    }
    if (next === undefined || reading.length > readAhead) {
      const first = reading.shift();
      if (first === undefined) return;
      yield await first;
    }
  }
}

function readBundle(reader: TileReader, size: number, index: number): Promise<Bundle> | undefined {
  const bundle = tileInTree(size, 'entries', index);
  const leaves = tileInTree(size, 0, index);
  if (bundle === undefined || leaves === undefined) return undefined;
  return Promise.all([readTile(reader, bundle), readTile(reader, leaves)]).then(([bytes, tile]) => ({
    entries: parseAt(bytes, bundle.width, firstIndexOf(bundle)),
    tile,
  }));
}

function parseAt(bytes: Uint8Array, count: number, first: number): Uint8Array[] {
  try {
    return parseEntryBundle(bytes, count);
  } catch (error) {
    if (!isLogFault(error)) throw error;
    throw new LogFault(error.code, error.message, first + (error.index ?? count - 1));
  }
}

function compareLeaves(hashes: Uint8Array, tile: Uint8Array, first: number): void {
  if (sameBytes(hashes, tile)) return;
  let at = 0;
  while (sameBytes(hashAt(hashes, at), hashAt(tile, at))) at += 1;
  throw new LogFault('ENTRY_MISMATCH', `Entry ${first + at} does not have the hash the tree has for it`, first + at);
}

function hashAt(hashes: Uint8Array, at: number): Uint8Array {
  return hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}

/** Grows the tree by one bundle; every tile above the leaves that is final by that is compared with the served one. */
async function growAndCompare(reader: TileReader, edge: TreeEdge, hashes: Uint8Array, size: number): Promise<TreeEdge> {
  const growth = growTree(edge, hashes);
  for (const { address, bytes } of growth.tiles) {
    const final = tileInTree(size, address.level, address.index)?.width === address.width;
    if (address.level !== 0 && final) await compareTile(reader, { address, bytes });
  }
  return growth.edge;
}

async function compareTile(reader: TileReader, { address, bytes }: HashTile): Promise<void> {
  const served = await readTile(reader, address);
  if (sameBytes(served, bytes)) return;
  let at = 0;
  while (sameBytes(hashAt(served, at), hashAt(bytes, at))) at += 1;
  const span = firstIndexOf({ ...address, index: 1 }) / TILE_WIDTH;
  const first = firstIndexOf(address) + at * span;
  throw new LogFault('TILE_MISMATCH', `${tilePath(address)} does not fit the entries ${first} to ${first + span - 1}`, first);
}
