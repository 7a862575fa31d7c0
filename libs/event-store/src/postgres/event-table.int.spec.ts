import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendTo, collect, newStream, noted } from '../conformance/sample-events.js';
import { START_POSITION } from '../event-store.port.js';
import { eventStoreDatabase, type EventStoreDatabase } from './event-store-database.fixture.js';
import { installEventStore } from './install-event-store.js';

describe('the event table', () => {
  let database: EventStoreDatabase;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    await appendTo(database.store, newStream(), 'none', noted(1));
  });
  afterAll(() => database.close());

  it.each([
    'UPDATE event_store.event SET data = \'{}\'',
    'DELETE FROM event_store.event',
    'TRUNCATE event_store.event',
  ])('refuses even its owner: %s', async (sql) => {
    await expect(database.pool.query(sql)).rejects.toThrow('Events are never changed or removed');
  });

  it('lets a granted role append and read, and do nothing else', async () => {
    const client = await database.pool.connect();
    try {
      await client.query('DROP ROLE IF EXISTS event_writer');
      await client.query("CREATE ROLE event_writer LOGIN PASSWORD 'writer'");
      await installEventStore(client, { roles: ['event_writer'] });
      const url = new URL(database.url);
      url.username = 'event_writer';
      url.password = 'writer';
      const store = database.open({ connectionString: url.href });
      await appendTo(store, newStream(), 'none', noted(2));
      expect(await collect(store.readAll({ after: START_POSITION }))).toHaveLength(2);

      await client.query('SET ROLE event_writer');
      await expect(client.query('DELETE FROM event_store.event')).rejects.toThrow('permission denied');
      await expect(client.query('DROP TRIGGER event_refuse_change ON event_store.event')).rejects.toThrow('must be owner');
      await client.query('RESET ROLE');
    } finally {
      await client.query('DROP OWNED BY event_writer');
      await client.query('DROP ROLE event_writer');
      client.release();
    }
  });

  it('keeps what is in it when installed again, also by two at once', async () => {
    const clients = await Promise.all([database.pool.connect(), database.pool.connect()]);
    await Promise.all(clients.map((client) => installEventStore(client, { roles: [] })));
    clients.forEach((client) => client.release());
    expect(await collect(database.store.readAll({ after: START_POSITION }))).not.toEqual([]);
  });

  it('serves two stores side by side in two schemas', async () => {
    const client = await database.pool.connect();
    await installEventStore(client, { schema: 'Other Store', roles: [] });
    client.release();
    const other = database.open({ schema: 'Other Store' });
    expect(await other.headPosition()).toBe(START_POSITION);
    await appendTo(other, newStream(), 'none', noted(7));
    expect((await collect(other.readAll({ after: START_POSITION }))).map((event) => event.data['n'])).toEqual([7]);
  });
});
