import { Duplex } from 'node:stream';
import type { PacketFramer } from './packet-framer.js';

/** A client's connection, read through the framer; slow readers hold back the socket. */
export class BoundedConnection extends Duplex {
  constructor(
    private readonly socket: Duplex,
    readonly framer: PacketFramer,
    /** Common name of a client certificate that has been verified. */
    readonly certificateName?: string,
  ) {
    super({ allowHalfOpen: false });
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.socket.write(chunk, encoding)) done();
    else this.socket.once('drain', done);
  }

  override _final(done: () => void): void {
    this.socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }

  private receive(chunk: Buffer): void {
    try {
      const handed = this.framer.next(chunk);
      if (handed.length > 0 && !this.push(handed)) this.socket.pause();
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
