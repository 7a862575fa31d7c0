import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where specs ask for what they share; set by the global set-up of the tier. */
export const SHARED_THINGS_URL = 'BRAIN_SHARED_THINGS_URL';

/** Something that runs, which specs are told how to reach. */
export interface Shared {
  /** As JSON. */
  readonly place: object;
  stop(): Promise<unknown>;
}

export interface SharedAnswer<Place> {
  readonly place: Place;
  /** Another number for each that asks. */
  readonly turn: number;
}

/**
 * Keeps what the specs of a tier share: each thing is started when the first spec asks for it, so that a single spec
 * waits for nothing that it does not use, and one that could not be started is not tried again. Specs run in contexts
 * or processes of their own, so they ask over HTTP.
 */
export class SharedThings {
  private readonly started = new Map<string, Promise<Shared>>();
  private server: Server | undefined;
  private turns = 0;

  constructor(private readonly starters: Readonly<Record<string, () => Promise<Shared>>>) {}

  /** Gives the address to ask at. */
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
    const started = await Promise.allSettled([...this.started.values()]);
    await Promise.all(started.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
  }

  private async answer(name: string): Promise<SharedAnswer<object>> {
    const starting = this.started.get(name) ?? this.starters[name]?.();
    if (starting === undefined) throw new Error(`Nothing of the name ${name} is shared`);
    this.started.set(name, starting);
    return { place: (await starting).place, turn: (this.turns += 1) };
  }
}

/** For specs. @throws when it could not be started, with the reason */
export async function sharedThing<Place>(name: string): Promise<SharedAnswer<Place>> {
  const url = process.env[SHARED_THINGS_URL];
  if (url === undefined) throw new Error(`${SHARED_THINGS_URL} is not set: the global set-up of the tier keeps what specs share`);
  const response = await fetch(`${url}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`What specs share could not be started (${name}). ${text}`);
  return JSON.parse(text) as SharedAnswer<Place>;
}
