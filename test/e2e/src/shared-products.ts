import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { startProduct, type RunningProduct } from './running-product.js';
import type { ProductPlace } from './product.js';

/** The kinds of products that specs share: nothing in it, or the demo district and its devices. */
export const SHARED_KINDS = ['empty', 'demo'] as const;
export type SharedKind = (typeof SHARED_KINDS)[number];

/** Where specs ask for a product; set by the global set-up of the tier. */
export const SHARED_PRODUCTS_URL = 'BRAIN_SHARED_PRODUCTS_URL';

export interface SharedAnswer {
  readonly place: ProductPlace;
  /** Another number for each that asks. */
  readonly turn: number;
}

/** At their most talkative: the specs look into the log lines of all that was done. */
const ENV = { BRAIN_LOG_LEVEL: 'debug' };

/**
 * Keeps the products that the specs of the tier share. Each is started when the first spec asks for it, so that a
 * single spec waits for nothing that it does not use; one that could not be started is not tried again.
 */
export class SharedProducts {
  private readonly products = new Map<SharedKind, Promise<RunningProduct>>();
  private server: Server | undefined;
  private turns = 0;

  /** Gives the address to ask at: specs run in contexts or processes of their own. */
  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      this.answer(request.url?.slice(1) ?? '').then(
        (answer) => response.end(JSON.stringify(answer)),
        (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
      );
    });
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    this.server.unref();
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server?.close();
    this.server?.closeAllConnections();
    const started = await Promise.allSettled(this.products.values());
    await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
  }

  private async answer(asked: string): Promise<SharedAnswer> {
    const kind = SHARED_KINDS.find((one) => one === asked);
    if (kind === undefined) throw new Error(`No product of the kind ${asked} is shared`);
    const starting = this.products.get(kind) ?? startProduct({ demo: kind === 'demo', env: ENV });
    this.products.set(kind, starting);
    const { url, mqttUrl, mqttsUrl, dataDir } = await starting;
    return { place: { url, mqttUrl, mqttsUrl, dataDir }, turn: (this.turns += 1) };
  }
}
