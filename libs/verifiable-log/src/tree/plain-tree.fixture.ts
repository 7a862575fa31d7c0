import { EMPTY_ROOT, nodeHash } from '../hashing/merkle-hash.js';

/** MTH(D) word for word as RFC 6962 defines it: slow, and shares nothing with the tree under test. */
export function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)));
}
