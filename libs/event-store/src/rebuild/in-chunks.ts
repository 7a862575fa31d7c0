/** Items in arrays of `size`; the next array is read while the consumer works on this one. */
export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  const iterator = items[Symbol.asyncIterator]();
  let next = take(iterator, size);
  for (;;) {
    const chunk = await next;
    if (chunk.length === 0) return;
    next = take(iterator, size);
    next.catch(() => undefined); // thrown where it is awaited, if the consumer comes that far
    yield chunk;
  }
}

async function take<T>(iterator: AsyncIterator<T>, size: number): Promise<readonly T[]> {
  const chunk: T[] = [];
  while (chunk.length < size) {
    const result = await iterator.next();
    if (result.done === true) break;
    chunk.push(result.value);
  }
  return chunk;
}
