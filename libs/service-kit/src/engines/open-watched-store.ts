import { WatchedEventStore, type EventStore } from '@brain/event-store';
import type { Logger } from 'pino';
import { openEventStore, type StoreConfig } from './open-engines.js';

/** For programs beside the services: what others have put into the store is set aside, each named once in the log. */
export async function openWatchedStore(config: StoreConfig, program: string, logger: Logger): Promise<EventStore> {
  const told = new Set<string>();
  return new WatchedEventStore(await openEventStore(config, program, logger), (fault) => {
    const key = `${fault.code}/${fault.streamId}/${String(fault.revision)}`;
    if (!told.has(key)) logger.warn({ ...fault }, 'the event store has something that this product did not write, or has lost something');
    told.add(key);
  });
}
