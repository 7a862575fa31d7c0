import { nodeHash } from '../hashing/merkle-hash.js';
import { sameBytes } from '../hashing/same-bytes.js';
import { LogFault } from '../log-fault.js';
import type { TileReader } from '../tiles/tile-reader.port.js';
import { splitPoint } from '../tree/split-point.js';
import { subtreeHashFrom, type SubtreeHash } from '../tree/subtree-hash.js';
import { checkHashLengths } from './hash-lengths.js';

/** The audit path of an entry in the tree of `size` (RFC 6962, section 2.1.1), sibling of the leaf first. */
export function inclusionProof(reader: TileReader, index: number, size: number): Promise<Uint8Array[]> {
  return inclusionPath(subtreeHashFrom(reader, size), index, size);
}

/** The audit paths of many entries of one tree: what they share is read and hashed once, and kept as long as this is. */
export function inclusionProofs(reader: TileReader, size: number): (index: number) => Promise<Uint8Array[]> {
  const subtree = subtreeHashFrom(reader, size);
  return (index) => inclusionPath(subtree, index, size);
}

async function inclusionPath(subtree: SubtreeHash, index: number, size: number): Promise<Uint8Array[]> {
  checkIndex(index, size);
  const path: Promise<Uint8Array>[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      path.unshift(subtree(middle, to));
      to = middle;
    } else {
      path.unshift(subtree(from, middle));
      from = middle;
    }
  }
  return Promise.all(path);
}

export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Throws unless the path leads from the leaf to the root (RFC 9162, section 2.1.3.2). */
export function verifyInclusion({ leafHash, index, size, root }: InclusionClaim, path: readonly Uint8Array[]): void {
  checkIndex(index, size);
  checkHashLengths([leafHash, root, ...path]);
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of path) {
    if (last === 0) throw wrongLength(path.length);
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw wrongLength(path.length);
  if (!sameBytes(hash, root)) throw new LogFault('INCLUSION_PROOF_INVALID', `The proof does not lead from this entry at ${index} to the root`, index);
}

function checkIndex(index: number, size: number): void {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new LogFault('INDEX_OUT_OF_TREE', `A tree of ${size} has no entry ${index}`);
  }
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function wrongLength(length: number): LogFault {
  return new LogFault('PROOF_LENGTH_WRONG', `A proof of ${length} hashes has not the length this tree asks for`);
}
