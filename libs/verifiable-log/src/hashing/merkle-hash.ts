import { HASH_BYTES, sha256, sha256Into } from './sha256.js';

/** Root of the tree with no entries: SHA-256 of nothing (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array());

const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

// One-shot hashing needs prefix and content side by side. Nothing here awaits, so the scratch is never shared.
let leafScratch = Buffer.alloc(4096);
const nodeScratch = Buffer.alloc(1 + 2 * HASH_BYTES, NODE_PREFIX);

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(leafInput(entry));
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeScratch.set(left, 1);
  nodeScratch.set(right, 1 + HASH_BYTES);
  return sha256(nodeScratch);
}

/** The leaf hashes of many entries, one after the other in one buffer. */
export function leafHashes(entries: readonly Uint8Array[]): Buffer {
  const hashes = Buffer.allocUnsafe(entries.length * HASH_BYTES);
  for (const [at, entry] of entries.entries()) sha256Into(leafInput(entry), hashes, at * HASH_BYTES);
  return hashes;
}

/** Root of a perfect tree over 1, 2, 4 … hashes that lie one after the other. */
export function perfectRoot(hashes: Uint8Array): Uint8Array {
  const row = Buffer.from(hashes);
  for (let width = row.length / HASH_BYTES; width > 1; width /= 2) {
    for (let at = 0; at < width / 2; at += 1) {
      row.copy(nodeScratch, 1, at * 2 * HASH_BYTES, (at + 1) * 2 * HASH_BYTES);
      sha256Into(nodeScratch, row, at * HASH_BYTES);
    }
  }
  return row.subarray(0, HASH_BYTES);
}

function leafInput(entry: Uint8Array): Uint8Array {
  if (entry.length >= leafScratch.length) leafScratch = Buffer.alloc(2 * entry.length);
  leafScratch[0] = LEAF_PREFIX;
  leafScratch.set(entry, 1);
  return leafScratch.subarray(0, entry.length + 1);
}
