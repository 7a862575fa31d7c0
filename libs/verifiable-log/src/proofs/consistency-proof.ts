import { EMPTY_ROOT, nodeHash } from '../hashing/merkle-hash.js';
import { sameBytes } from '../hashing/same-bytes.js';
import { LogFault } from '../log-fault.js';
import type { TileReader } from '../tiles/tile-reader.port.js';
import { splitPoint } from '../tree/split-point.js';
import { subtreeHashFrom, type SubtreeHash } from '../tree/subtree-hash.js';
import { checkHashLengths } from './hash-lengths.js';

/** That the tree of `newSize` continues the tree of `oldSize` (RFC 6962, section 2.1.2). Empty from 0 and to itself. */
export function consistencyProof(reader: TileReader, oldSize: number, newSize: number): Promise<Uint8Array[]> {
  return consistencyPath(subtreeHashFrom(reader, newSize), oldSize, newSize);
}

/** The same over subtree hashes, for whoever needs several proofs to one tree. */
export async function consistencyPath(subtree: SubtreeHash, oldSize: number, newSize: number): Promise<Uint8Array[]> {
  checkSizes(oldSize, newSize);
  if (oldSize === 0 || oldSize === newSize) return [];
  const proof: Promise<Uint8Array>[] = [];
  let from = 0;
  let to = newSize;
  // `whole`: the old tree is exactly the part we are in, and its root is known to the verifier.
  let whole = true;
  while (oldSize !== to) {
    const middle = from + splitPoint(to - from);
    if (oldSize <= middle) {
      proof.unshift(subtree(middle, to));
      to = middle;
    } else {
      proof.unshift(subtree(from, middle));
      from = middle;
      whole = false;
    }
  }
  if (!whole) proof.unshift(subtree(from, to));
  return Promise.all(proof);
}

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Throws unless the proof shows that `newer` continues `older` (RFC 9162, section 2.1.4.2). */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): void {
  checkSizes(older.size, newer.size);
  checkHashLengths([older.root, newer.root, ...proof]);
  if (older.size === 0 || older.size === newer.size) {
    if (proof.length > 0) throw wrongLength(proof.length);
    const expected = older.size === newer.size ? newer.root : EMPTY_ROOT;
    if (!sameBytes(older.root, expected)) throw invalid(older, newer);
    if (newer.size === 0 && !sameBytes(newer.root, EMPTY_ROOT)) throw invalid(older, newer);
    return;
  }
  let node = older.size - 1;
  let last = newer.size - 1;
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  const [seed, ...rest] = node === 0 ? [older.root, ...proof] : proof;
  if (seed === undefined) throw wrongLength(proof.length);
  let oldRoot = seed;
  let newRoot = seed;
  for (const sibling of rest) {
    if (last === 0) throw wrongLength(proof.length);
    if (node % 2 === 1 || node === last) {
      oldRoot = nodeHash(sibling, oldRoot);
      newRoot = nodeHash(sibling, newRoot);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newRoot = nodeHash(newRoot, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw wrongLength(proof.length);
  if (!sameBytes(oldRoot, older.root) || !sameBytes(newRoot, newer.root)) throw invalid(older, newer);
}

function checkSizes(oldSize: number, newSize: number): void {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 0 || oldSize > newSize) {
    throw new LogFault('SIZES_OUT_OF_ORDER', `A tree of ${newSize} cannot continue one of ${oldSize}`);
  }
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function wrongLength(length: number): LogFault {
  return new LogFault('PROOF_LENGTH_WRONG', `A proof of ${length} hashes has not the length these trees ask for`);
}

function invalid(older: TreeHead, newer: TreeHead): LogFault {
  return new LogFault('CONSISTENCY_PROOF_INVALID', `The tree of ${newer.size} is not shown to continue the tree of ${older.size}`);
}
