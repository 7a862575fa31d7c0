/** Whether two byte sequences are equal. The values compared here are public, so no constant time is needed. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
