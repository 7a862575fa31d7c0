/** How many of the first waiting records go into one record batch: at least one, and no more bytes than the limit. */
export function takeBatch(waiting: readonly { readonly bytes: number }[], limit: number): number {
  let bytes = 0;
  for (const [index, record] of waiting.entries()) {
    bytes += record.bytes;
    if (bytes > limit) return Math.max(1, index);
  }
  return waiting.length;
}
