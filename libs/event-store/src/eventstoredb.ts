// Apart from the rest: its client is loaded only where EventStoreDB is the store.
export { EventStoreDbCopyTarget } from './eventstoredb/copy-target.js';
export { EventStoreDbEventStore, type EventStoreDbEventStoreOptions } from './eventstoredb/eventstoredb-event-store.js';
