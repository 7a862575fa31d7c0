import { createHash } from 'node:crypto';
import { constants, crc32, deflateRawSync } from 'node:zlib';

const BLOCK_CHARS = 65_536;

/** What stands in an archive: the compressed bytes and what is said of them. */
export interface Deflated {
  readonly body: readonly Buffer[];
  /** Of the text, in bytes of UTF-8. */
  readonly size: number;
  readonly crc: number;
  /** Hex. */
  readonly sha256: string;
}

/** A long text that is written a little at a time and kept only as it will stand in an archive. */
export class DeflatedText {
  private readonly hash = createHash('sha256');
  private readonly body: Buffer[] = [];
  private waiting = '';
  private size = 0;
  private crc = 0;

  write(text: string): void {
    this.waiting += text;
    if (this.waiting.length >= BLOCK_CHARS) this.deflate(constants.Z_SYNC_FLUSH);
  }

  /** Nothing is written afterwards. */
  end(): Deflated {
    this.deflate(constants.Z_FINISH);
    const { body, size, crc } = this;
    return { body, size, crc, sha256: this.hash.digest('hex') };
  }

  /** Blocks that end on a byte, and of which only the last says that it is, are one stream. */
  private deflate(finishFlush: number): void {
    const bytes = Buffer.from(this.waiting);
    this.waiting = '';
    this.size += bytes.length;
    this.crc = crc32(bytes, this.crc);
    this.hash.update(bytes);
    this.body.push(deflateRawSync(bytes, { finishFlush }));
  }
}
