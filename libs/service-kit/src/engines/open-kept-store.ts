import { requireKeptStore, WatchedEventStore, type EventStore, type KeptTables } from '@brain/event-store';
import type { RecordFaults } from '../duty/record-faults.js';

/**
 * The store that the service's tables were made from; what others have put into it is set aside, and told.
 * @throws DomainError when it is another one, or an older copy
 */
export async function openKeptStore(tables: Omit<KeptTables, 'store'>, open: () => Promise<EventStore>, faults: RecordFaults): Promise<EventStore> {
  const store = await open();
  try {
    store.knowsUpTo(await requireKeptStore({ ...tables, store }));
    return new WatchedEventStore(store, (fault) => faults.tell(store, fault));
  } catch (error) {
    await store.close();
    throw error;
  }
}
