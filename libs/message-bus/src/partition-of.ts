/**
 * The partition of a key: FNV-1a (32 bit) over its UTF-8 bytes, mixed by MurmurHash3's finaliser, modulo the number
 * of partitions. Every publisher must agree for ever, so this never changes.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % partitions;
}
