import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendTo, collect, newStream, noted } from '@brain/event-store/conformance';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

const LONG = 5_000;

describe('what an append to EventStoreDB reads', () => {
  let on: StoreOnServer;
  let long: string;
  beforeAll(async () => {
    on = await storeOnServer({ maxAppendSize: 16 * 1024 * 1024 });
    long = newStream();
    for (let at = 0; at < LONG; at += 1_000) {
      await appendTo(on.store, long, at === 0 ? 'none' : at - 1, ...Array.from({ length: 1_000 }, (_, n) => noted(at + n)));
    }
  });
  beforeEach(() => {
    Object.assign(on.server.node.reads, { calls: 0, events: 0 });
  });
  afterAll(() => on.close());

  let head = LONG - 1;
  const next = () => (head += 1);

  it('is what it wrote, when the stream was read before in this process', async () => {
    const store = on.open();
    await collect(store.readStream(long));
    Object.assign(on.server.node.reads, { calls: 0, events: 0 });
    await appendTo(store, long, next() - 1, noted());
    await appendTo(store, long, next() - 1, noted());
    await appendTo(store, long, 'any', noted());
    next();
    expect(on.server.node.reads).toMatchObject({ calls: 3, events: 3 });
  });

  it('is the last page and what it wrote, however long the stream is', async () => {
    const store = on.open();
    await appendTo(store, long, next() - 1, noted());
    expect(on.server.node.reads).toMatchObject({ calls: 2, events: 201 });
    await appendTo(on.open(), long, 'any', noted());
    next();
    expect(on.server.node.reads).toMatchObject({ calls: 4, events: 402 });
  });

  it('finds a repeat in the last page, and where it was written before, and a conflict', async () => {
    const event = noted();
    await appendTo(on.store, long, head, event);
    const first = next();
    const after = Array.from({ length: 300 }, () => noted());
    await appendTo(on.store, long, head, ...after);
    head += after.length;
    const store = on.open();
    expect(await appendTo(store, long, first - 1, event)).toMatchObject({ repeated: true, events: [{ revision: first }] });
    expect(await appendTo(store, long, 'any', after[200] ?? noted())).toMatchObject({ repeated: true });
    expect(await appendTo(store, long, head, after[299] ?? noted())).toMatchObject({ repeated: true });
    await expect(appendTo(store, long, first, noted())).rejects.toMatchObject({ name: 'StreamConflict', actual: head });
  });

  it('meets a conflict, and then goes on, when another process has written since it read', async () => {
    const [store, other] = [on.open(), on.open()];
    await collect(store.readStream(long));
    await appendTo(other, long, head, noted());
    await expect(appendTo(store, long, head, noted())).rejects.toMatchObject({ name: 'StreamConflict', actual: next() });
    await appendTo(store, long, head, noted());
    next();
    await appendTo(other, long, 'any', noted());
    next();
    expect((await collect(store.readStreamBackwards(long, { limit: 1 })))[0]?.revision).toBe(head);
  });

  it('is read together for new streams that are written at once', async () => {
    const store = on.open();
    const results = await Promise.all(Array.from({ length: 100 }, (_, n) => appendTo(store, newStream(), 'none', noted(n))));
    expect(results.map(({ events }) => events[0]?.data['n'])).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(on.server.node.reads.calls).toBeLessThan(50);
  });
});
