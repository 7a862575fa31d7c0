const LINE_END = 10;
/** A line without an end must not fill the memory. */
const LONGEST_LINE = 1024 ** 2;

/** Chunks of a pipe as blocks of whole lines, so that whole lines are kept or dropped. */
export class LineBlocks {
  private rest: Buffer[] = [];
  private restBytes = 0;

  /** The lines that have ended with this chunk. */
  push(chunk: Buffer): Buffer | undefined {
    const end = chunk.lastIndexOf(LINE_END) + 1;
    if (end === 0) {
      this.keep(chunk);
      return this.restBytes > LONGEST_LINE ? this.end() : undefined;
    }
    const block = Buffer.concat([...this.rest, chunk.subarray(0, end)]);
    this.rest = [];
    this.restBytes = 0;
    if (end < chunk.length) this.keep(chunk.subarray(end));
    return block;
  }

  /** The last line, which had no end. */
  end(): Buffer | undefined {
    if (this.restBytes === 0) return undefined;
    return this.push(Buffer.of(LINE_END));
  }

  private keep(bytes: Buffer): void {
    this.rest.push(bytes);
    this.restBytes += bytes.length;
  }
}

export function linesIn(block: Buffer): number {
  let lines = 0;
  for (const byte of block) if (byte === LINE_END) lines += 1;
  return lines;
}
