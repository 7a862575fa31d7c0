import { EventStoreDbEventStore, type EventStoreDbEventStoreOptions } from '@brain/event-store/eventstoredb';
import { EventStoreDBClient, jsonEvent, type JSONType } from '@eventstore/db-client';
import type { BeyondTheCore, EventStoreHarness, RawEvent } from '@brain/event-store/conformance';
import { writeForeign } from './foreign-events.fixture.js';
import { EventStoreDbServer, type EventStoreDbServerOptions } from './eventstoredb-server.js';

export const LIVE_URL = process.env['BRAIN_ENGINE_URL'];

/** A live server keeps what was written before. */
export const BEYOND_THE_CORE: BeyondTheCore = { severalStreams: false, idsUniqueInStore: false, opensEmpty: LIVE_URL === undefined };

type Options = Partial<EventStoreDbEventStoreOptions>;

/** Stores to be closed together. */
export function storesOf(url: () => string) {
  const opened: EventStoreDbEventStore[] = [];
  return {
    open: (options: Options = {}): EventStoreDbEventStore => {
      const store = new EventStoreDbEventStore({ url: url(), ...options });
      opened.push(store);
      return store;
    },
    close: async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
    },
  };
}

export interface StoreOnServer extends EventStoreHarness {
  readonly server: EventStoreDbServer;
  readonly open: (options?: Options) => EventStoreDbEventStore;
}

/** The server in process, with a store on it. */
export async function storeOnServer(options: EventStoreDbServerOptions = {}): Promise<StoreOnServer> {
  const server = await new EventStoreDbServer(options).start();
  const stores = storesOf(() => server.url);
  return {
    server,
    open: stores.open,
    store: stores.open(),
    another: stores.open,
    writeRaw: (streamId, event) => {
      writeForeign(server, streamId, event);
      return Promise.resolve();
    },
    close: async () => {
      await stores.close();
      server.stop();
    },
  };
}

/** The server that BRAIN_ENGINE_URL names. */
export function storeOnLiveServer(url: string): EventStoreHarness {
  const stores = storesOf(() => url);
  const client = EventStoreDBClient.connectionString(url);
  const writeRaw = async (streamId: string, { type, data, metadata }: RawEvent) => {
    await client.appendToStream(streamId, jsonEvent({ type, data: data as JSONType, metadata: metadata as JSONType }));
  };
  const close = async () => {
    await stores.close();
    await client.dispose();
  };
  return { store: stores.open(), another: stores.open, writeRaw, close };
}
