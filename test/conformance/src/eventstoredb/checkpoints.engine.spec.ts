import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { START_POSITION } from '@brain/event-store';
import { appendTo, collect, newStream, noted, STRUCK } from '@brain/event-store/conformance';
import { eventually } from '@brain/testing';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

describe('a tail of EventStoreDB that wants little of what comes', () => {
  let on: StoreOnServer;
  beforeAll(async () => {
    on = await storeOnServer();
  });
  afterAll(() => on.close());

  it('moves its position with what it leaves out, also while it is live', async () => {
    const abort = new AbortController();
    const positions: string[] = [];
    const tail = (async () => {
      for await (const { events, position } of on.another().tail({ after: START_POSITION, types: [STRUCK], signal: abort.signal })) {
        expect(events).toEqual([]);
        positions.push(position);
      }
    })();
    const many = () => Array.from({ length: 600 }, (_, n) => noted(n));
    await appendTo(on.store, newStream(), 'none', ...many());
    await eventually(() => expect(positions).not.toEqual([]));
    const sofar = positions.at(-1) ?? '';
    const { events } = await appendTo(on.store, newStream(), 'none', ...many());
    await eventually(() => expect((positions.at(-1) ?? '') > sofar).toBe(true));
    expect([...positions].sort()).toEqual(positions);
    expect((positions.at(-1) ?? '') <= (events.at(-1)?.position ?? '')).toBe(true);
    abort.abort();
    await tail;
  });

  it('never names a position before it has given all up to there', async () => {
    const start = await on.store.headPosition();
    await appendTo(on.store, newStream(), 'none', ...Array.from({ length: 1_200 }, (_, n) => noted(n, n % 3 === 0 ? { type: STRUCK } : {})));
    const all = await collect(on.store.readAll({ after: start, types: [STRUCK] }));
    const head = await on.store.headPosition();
    const given: string[] = [];
    const other = on.another();
    for await (const { events, position } of on.store.tail({ after: start, until: head, types: [STRUCK], batchSize: 7, signal: new AbortController().signal })) {
      // A slow consumer: by then the server has said that it gave all, and most of it still waits.
      if (given.length === 0) await collect(other.readAll({ after: start }));
      given.push(...events.map(({ eventId }) => eventId));
      expect(given).toEqual(all.filter((event) => event.position <= position).map(({ eventId }) => eventId));
    }
    expect(given).toHaveLength(400);
  });

  it('ends a read at a position where nothing wanted is', async () => {
    const { events } = await appendTo(on.store, newStream(), 'none', noted(1, { type: STRUCK }), noted(2), noted(3, { type: STRUCK }));
    const [first, second] = events;
    const start = await on.store.headPosition();
    expect(await collect(on.store.readAll({ after: first?.position ?? '', until: second?.position ?? '', types: [STRUCK] }))).toEqual([]);
    expect(await collect(on.store.readAll({ after: start, types: [STRUCK] }))).toEqual([]);
  });
});
