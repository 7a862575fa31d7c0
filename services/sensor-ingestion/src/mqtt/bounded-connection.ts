import { Duplex } from 'node:stream';
import type { PacketFramer } from './packet-framer.js';

const EMPTY = Buffer.alloc(0);

/**
 * A client's connection, read through the framer; slow readers hold back the socket. What comes after the first packet, CONNECT,
 * waits until the client is let in: clients may send without waiting for CONNACK, and the broker would take it as nobody's.
 */
export class BoundedConnection extends Duplex {
  /** What waits; undefined once the client is let in. */
  private held: Buffer | undefined = EMPTY;
  private isFirstWhole = false;

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

  /** The client is let in: what it has sent since is read, too. */
  letIn(): void {
    const { held = EMPTY } = this;
    this.held = undefined;
    if (held.length > 0) this.receive(held);
    this.socket.resume();
  }

  override _read(): void {
    if (!this.isWaiting) this.socket.resume();
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
      const handed = this.held === undefined ? this.framer.next(chunk) : this.upToFirst(chunk, this.held);
      if ((handed.length > 0 && !this.push(handed)) || this.isWaiting) this.socket.pause();
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private get isWaiting(): boolean {
    return this.isFirstWhole && this.held !== undefined;
  }

  private upToFirst(chunk: Buffer, held: Buffer): Buffer {
    if (this.isFirstWhole) {
      this.held = Buffer.concat([held, chunk]);
      return EMPTY;
    }
    const { handed, rest } = this.framer.nextPacket(chunk);
    this.isFirstWhole = rest !== undefined;
    this.held = rest ?? EMPTY;
    return handed;
  }
}
