import { jsonEvent, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { pageFrom } from './read-stream.js';
import type { StoreConnection } from './store-connection.js';

/** Beside ours: none of our readers is given it, and it is no entry of the log. */
export const IDENTITY_STREAM = 'community-brain-store';
const TYPE = 'community-brain.store-identified.v1';

/** Undefined: this product has not written here yet. */
export async function readStoreId(connection: StoreConnection): Promise<string | undefined> {
  const [first] = (await pageFrom(connection, IDENTITY_STREAM, 0, 1)) ?? [];
  const data: unknown = first?.type === TYPE ? first.data : undefined;
  return typeof data === 'object' && data !== null && 'storeId' in data ? String(data.storeId) : undefined;
}

/** The first who writes one names the store; the others are given that name. */
export async function nameStore(connection: StoreConnection, storeId: string): Promise<string> {
  try {
    const event = jsonEvent({ type: TYPE, data: { storeId } });
    await connection.call((client) => client.appendToStream(IDENTITY_STREAM, event, { ...connection.appendOptions, expectedRevision: NO_STREAM }));
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error;
  }
  return (await readStoreId(connection)) ?? storeId;
}
