import { deflateRawSync, inflateRawSync } from 'node:zlib';

const BLOCK_BYTES = 65_536;

/** Bytes that are kept for later, side by side in blocks of their own and compressed: many small Buffers would each keep the pool it was cut from. */
export class ByteBlocks {
  private readonly full: Buffer[] = [];
  private block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  private used = 0;

  push(bytes: Uint8Array): void {
    if (this.used + bytes.length > this.block.length) {
      this.full.push(deflateRawSync(this.block.subarray(0, this.used), { level: 1 }));
      if (bytes.length > this.block.length) this.block = Buffer.allocUnsafeSlow(bytes.length);
      this.used = 0;
    }
    this.block.set(bytes, this.used);
    this.used += bytes.length;
  }

  *[Symbol.iterator](): Generator<Buffer> {
    for (const block of this.full) yield inflateRawSync(block);
    yield this.block.subarray(0, this.used);
  }
}
