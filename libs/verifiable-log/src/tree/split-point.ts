/** The largest power of two below `width`: where RFC 6962 splits a tree. 0 for a single leaf. */
export function splitPoint(width: number): number {
  if (width <= 1) return 0;
  let split = 1;
  while (2 * split < width) split *= 2;
  return split;
}
