import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that is hashed while it is written, and on disk when it is closed. */
export class HashedFile {
  private readonly hash = createHash('sha256');
  private readonly stream: WriteStream;
  private readonly ended: Promise<void>;
  private draining: Promise<unknown> | undefined;
  bytes = 0;

  constructor(file: string) {
    this.stream = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
    this.ended = finished(this.stream);
    this.ended.catch(() => undefined);
  }

  /** Rejects when it cannot be written any more, as soon as that is known. */
  get failed(): Promise<never> {
    return this.ended.then(() => new Promise<never>(() => undefined));
  }

  /** `false`: the disk is slower; wait for `drained`. */
  write(bytes: Buffer): boolean {
    this.hash.update(bytes);
    this.bytes += bytes.length;
    return this.stream.write(bytes);
  }

  async drained(): Promise<void> {
    if (!this.stream.writableNeedDrain) return;
    this.draining ??= Promise.race([once(this.stream, 'drain'), this.failed]).finally(() => (this.draining = undefined));
    await this.draining;
  }

  async close(): Promise<FileDigest> {
    this.stream.end();
    await this.ended;
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}

export async function digestOf(file: string, onBytes: (bytes: number) => void = () => undefined): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(chunk.length);
  }
  return { bytes, sha256: hash.digest('hex') };
}
