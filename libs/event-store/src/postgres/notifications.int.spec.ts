import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@brain/testing';
import { appendTo, newStream, noted, STRUCK } from '../conformance/sample-events.js';
import { START_POSITION } from '../event-store.port.js';
import { eventStoreDatabase, type EventStoreDatabase } from './event-store-database.fixture.js';

/** So long that only a notification can be the reason for what these tests see. */
const NO_POLL = { pollMs: 600_000 };

describe('a tail between two polls', () => {
  let database: EventStoreDatabase;
  let seen: unknown[];
  let abort: AbortController;
  let tail: Promise<void>;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    const store = database.open({ ...NO_POLL, applicationName: 'patient' });
    seen = [];
    abort = new AbortController();
    const follow = async () => {
      const options = { after: START_POSITION, types: [STRUCK], signal: abort.signal };
      for await (const { events } of store.tail(options)) seen.push(...events.map((event) => event.data['n']));
    };
    tail = follow();
    await eventually(async () => expect(await listeners()).toHaveLength(1));
  });
  afterAll(async () => {
    abort.abort();
    await tail;
    await database.close();
  });

  const listeners = async () =>
    (
      await database.pool.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'patient' AND query LIKE 'LISTEN%' AND state = 'idle'",
      )
    ).rows;
  const append = (n: number, type = STRUCK) => appendTo(database.store, newStream(), 'none', noted(n, { type }));

  it('is woken by an append of another process', async () => {
    await append(1);
    await eventually(() => expect(seen).toEqual([1]));
  });

  it('is woken when the types are too many to name', async () => {
    const many = Array.from({ length: 400 }, (_, n) => noted(n, { type: `sample.rather-long-name-of-an-event-${String(n)}.v1` }));
    await appendTo(database.store, newStream(), 'none', ...many, noted(2, { type: STRUCK }));
    await eventually(() => expect(seen).toEqual([1, 2]));
  });

  it('gets what came while its listening connection was down', async () => {
    const [listener] = await listeners();
    await database.pool.query('SELECT pg_terminate_backend($1)', [listener?.pid]);
    await append(3);
    await eventually(() => expect(seen).toEqual([1, 2, 3]));
    await eventually(async () => expect(await listeners()).toHaveLength(1));
    await append(4);
    await eventually(() => expect(seen).toEqual([1, 2, 3, 4]));
  });
});

describe('a tail that no notification reaches', () => {
  let database: EventStoreDatabase;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    await database.pool.query('ALTER TABLE event_store.event DISABLE TRIGGER event_announce');
  });
  afterAll(() => database.close());

  it('gets what came all the same, and has another connection listen', async () => {
    const errors: unknown[] = [];
    const store = database.open({ pollMs: 100, onError: (error) => errors.push(error) });
    const seen: unknown[] = [];
    const abort = new AbortController();
    const tail = (async () => {
      for await (const { events } of store.tail({ after: START_POSITION, signal: abort.signal })) seen.push(...events.map(({ data }) => data['n']));
    })();
    const stored: number[] = [];
    const append = async () => {
      stored.push(stored.length);
      await appendTo(database.store, newStream(), 'none', noted(stored.length - 1));
      await eventually(() => expect(seen).toEqual(stored));
    };
    await eventually(async () => {
      await append();
      expect(errors.map(String)).toContainEqual(expect.stringContaining('was told nothing'));
    });
    await append();
    abort.abort();
    await tail;
    expect(seen).toEqual(stored);
  });
});
