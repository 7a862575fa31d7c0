/**
 * The body of an answer. A server that would rather send for ever than be found lying must not fill the memory of whoever
 * checks it.
 * @throws Error when it is longer than that
 */
export async function boundedBody(answer: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    const chunk = part.value as Uint8Array;
    bytes += chunk.length;
    if (bytes > most) {
      await reader?.cancel();
      throw new Error(`${answer.url} answers with more than ${most} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
