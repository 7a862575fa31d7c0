import { EventStoreDbEventStore, type EventStoreDbEventStoreOptions } from '@brain/event-store/eventstoredb';
import type { EventStoreHarness } from '@brain/event-store/conformance';
import { writeForeign } from './foreign-events.fixture.js';
import { EventStoreDbServer, type EventStoreDbServerOptions } from './eventstoredb-server.js';

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
