import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import type { NewEvent } from '@brain/event-store';

/** The client of EventStoreDB as it is, without anything of ours: it appends in batches. */
export function bareClient(url: string) {
  const client = EventStoreDBClient.connectionString(url);
  return {
    append: async (streamId: string, { eventId: id, type, data, metadata }: NewEvent): Promise<void> => {
      await client.appendToStream(streamId, jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } }), { expectedRevision: NO_STREAM });
    },
    close: () => client.dispose(),
  };
}
