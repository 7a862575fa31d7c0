import { requireKeptStore, type EventStore, type KeptTables } from '@brain/event-store';

/** The store that the service's tables were made from. @throws DomainError when it is another one, or an older copy */
export async function openKeptStore(tables: Omit<KeptTables, 'store'>, open: () => Promise<EventStore>): Promise<EventStore> {
  const store = await open();
  try {
    store.knowsUpTo(await requireKeptStore({ ...tables, store }));
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
