const BLOCK_BYTES = 65_536;

/** Bytes side by side in blocks of their own: a small Buffer that is kept keeps all of the pool it was cut from. */
export class ByteBlocks {
  private readonly full: Buffer[] = [];
  private block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  private used = 0;

  push(bytes: Uint8Array): void {
    if (this.used + bytes.length > this.block.length) {
      this.full.push(this.block.subarray(0, this.used));
      this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, bytes.length));
      this.used = 0;
    }
    this.block.set(bytes, this.used);
    this.used += bytes.length;
  }

  *[Symbol.iterator](): Generator<Buffer> {
    yield* this.full;
    yield this.block.subarray(0, this.used);
  }
}
