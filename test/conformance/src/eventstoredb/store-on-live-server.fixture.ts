import { EventStoreDBClient, jsonEvent, type JSONType } from '@eventstore/db-client';
import type { EventStoreHarness, RawEvent } from '@brain/event-store/conformance';
import { storesOf } from './store-on-server.fixture.js';

export const LIVE_URL = process.env['BRAIN_ENGINE_URL'];

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
