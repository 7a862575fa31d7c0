import { describeEventStore } from '../conformance/event-store.conformance.js';
import { eventStoreDatabase } from './event-store-database.fixture.js';

describeEventStore('PostgresEventStore', eventStoreDatabase);
