import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendTo, collect, newStream, noted } from '../conformance/sample-events.js';
import { START_POSITION } from '../event-store.port.js';
import { eventStoreDatabase, type EventStoreDatabase } from './event-store-database.fixture.js';

describe('group commit', () => {
  let database: EventStoreDatabase;
  beforeAll(async () => {
    database = await eventStoreDatabase();
  });
  afterAll(() => database.close());

  it('stores appends that come together in far fewer transactions', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, n) => appendTo(database.store, newStream(), 'none', noted(n))));
    const { rows } = await database.pool.query<{ transactions: string; events: string }>(
      'SELECT count(DISTINCT transaction_id) AS transactions, count(*) AS events FROM event_store.event',
    );
    expect(Number(rows[0]?.events)).toBe(100);
    expect(Number(rows[0]?.transactions)).toBeLessThanOrEqual(10);
  });

  it('lets an append that the database itself refuses fail alone', async () => {
    const bad = appendTo(database.store, 'no\u0000stream', 'none', noted());
    const good = Array.from({ length: 5 }, () => appendTo(database.store, newStream(), 'none', noted()));
    await expect(bad).rejects.toThrow('invalid byte sequence');
    for (const { events } of await Promise.all(good)) expect(events).toHaveLength(1);
  });

  it('keeps the order asked for within an append, whatever else shares its transaction', async () => {
    const appends = await Promise.all(
      Array.from({ length: 10 }, () => appendTo(database.store, newStream(), 'none', ...Array.from({ length: 20 }, (_, n) => noted(n)))),
    );
    const order = new Map((await collect(database.store.readAll({ after: START_POSITION }))).map(({ eventId }, place) => [eventId, place]));
    for (const { events } of appends) {
      const places = events.map(({ eventId }) => order.get(eventId) ?? -1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
  });
});
