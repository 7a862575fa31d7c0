import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** How a link behaves: as it should, dead (connections end, new ones too), or every piece arriving late. */
export type LinkState = { readonly kind: 'open' } | { readonly kind: 'cut' } | { readonly kind: 'slow'; readonly delayMs: number };

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** Stands between a client and an engine on loopback, and breaks the link on demand. */
export class TcpProxy {
  private state: LinkState = { kind: 'open' };
  private readonly pairs = new Set<Pair>();

  private constructor(
    private readonly listener: Server,
    readonly port: number,
  ) {}

  /** `target` is asked at every connection: it may be known later than the proxy's own port. */
  static async start(target: () => number | undefined): Promise<TcpProxy> {
    const listener = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(0, '127.0.0.1', resolve);
    });
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
    const proxy = new TcpProxy(listener, address.port);
    listener.on('connection', (client) => proxy.accept(client, target()));
    return proxy;
  }

  /** Ends what there is and refuses what comes, until `mend`. */
  cut(): void {
    this.state = { kind: 'cut' };
    this.reset();
  }

  /** Every piece, in either direction, arrives so much later; nothing is lost. */
  slow(delayMs: number): void {
    this.state = { kind: 'slow', delayMs };
  }

  /** Ends every connection with RST; new ones are let through. */
  reset(): void {
    for (const { client, server } of this.pairs) {
      resetSocket(client);
      resetSocket(server);
    }
    this.pairs.clear();
  }

  mend(): void {
    this.state = { kind: 'open' };
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private accept(client: Socket, port: number | undefined): void {
    client.on('error', () => undefined);
    if (this.state.kind === 'cut' || port === undefined) {
      resetSocket(client);
      return;
    }
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    server.on('error', () => resetSocket(client));
    for (const socket of [client, server]) socket.setNoDelay(true);
    const pair = { client, server };
    this.pairs.add(pair);
    server.once('close', () => {
      this.pairs.delete(pair);
      client.destroy();
    });
    client.once('close', () => server.destroy());
    client.pipe(this.delay()).pipe(server);
    server.pipe(this.delay()).pipe(client);
  }

  private delay(): Transform {
    return new Delay(() => (this.state.kind === 'slow' ? this.state.delayMs : 0));
  }
}

/**
 * Ends a connection with RST. While its own end (FIN) is being sent the system refuses that with EINVAL, and Node 20 then never
 * closes the handle: the process runs in circles at its exit. Such a connection is just closed.
 */
export function resetSocket(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** Passes pieces on in order, each as late as the link says at its arrival. */
class Delay extends Transform {
  private readonly waiting: { readonly at: number; readonly chunk: Buffer }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private onEmpty: (() => void) | undefined;

  constructor(private readonly delayMs: () => number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.delayMs() === 0 && this.waiting.length === 0) this.push(chunk);
    else this.waiting.push({ at: Date.now() + this.delayMs(), chunk });
    this.arm();
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.waiting.length === 0) done();
    else this.onEmpty = done;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    done(error);
  }

  private arm(): void {
    const [first] = this.waiting;
    if (first === undefined || this.timer !== undefined) return;
    this.timer = setTimeout(() => this.release(), Math.max(0, first.at - Date.now()));
  }

  private release(): void {
    this.timer = undefined;
    for (let [first] = this.waiting; first !== undefined && first.at <= Date.now(); [first] = this.waiting) {
      this.waiting.shift();
      this.push(first.chunk);
    }
    this.arm();
    if (this.waiting.length === 0) this.onEmpty?.();
  }
}
