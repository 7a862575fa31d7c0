import { conformanceTopics } from '../conformance/bus-under-test.fixture.js';
import { messageBusConformance } from '../conformance/message-bus.conformance.fixture.js';
import { busDatabase } from './bus-database.fixture.js';

const database = busDatabase();

messageBusConformance('the bus on PostgreSQL', async () => {
  const schema = await database.install(conformanceTopics);
  const bus = database.open(schema, { readAhead: { records: 100, bytes: 1024 * 1024 } });
  const other = database.open(schema);
  return {
    bus,
    other,
    readAhead: () => bus.readAhead,
    readAheadLimit: 300, // whole rows of up to 200 records
    stop: () => Promise.all([bus.close(), other.close()]).then(() => undefined),
  };
});
