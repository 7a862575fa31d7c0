import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START_POSITION } from '@brain/event-store';
import { appendTo, collect, newStream, noted } from '@brain/event-store/conformance';
import { writeOthers } from './foreign-events.fixture.js';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

const OTHERS = 20_000;
const ours = { sources: ['sample'] };

describe('the head of an event store on a server that others use', () => {
  let on: StoreOnServer;
  let head: string;
  beforeEach(async () => {
    on = await storeOnServer();
    const { events } = await appendTo(on.store, newStream(), 'none', noted(1), noted(2));
    head = events.at(-1)?.position ?? '';
    writeOthers(on.server, OTHERS);
    Object.assign(on.server.node.reads, { calls: 0, events: 0, followed: 0 });
  });
  afterEach(() => on.close());

  it('is found, once, however many events of others lie behind it', async () => {
    const store = on.open(ours);
    expect(await store.headPosition()).toBe(head);
    expect(on.server.node.reads.followed).toBeGreaterThan(OTHERS);
    on.server.node.reads.followed = 0;
    writeOthers(on.server, 100);
    expect(await store.headPosition()).toBe(head);
    // The first subscription may still have been there to see them too.
    expect(on.server.node.reads.followed).toBeLessThanOrEqual(200);
    const { events } = await appendTo(on.store, newStream(), 'none', noted(3));
    expect(await store.headPosition()).toBe(events[0]?.position);
  });

  it('is looked for from where it was known', async () => {
    const store = on.open(ours);
    store.knowsUpTo(head);
    expect(await store.headPosition()).toBe(head);
    // Everything behind it, and not what lies before.
    expect(on.server.node.reads.followed).toBe(OTHERS);
  });

  it('is looked for once when many ask at the same time', async () => {
    const store = on.open(ours);
    expect(await Promise.all([store.headPosition(), store.headPosition(), store.headPosition()])).toEqual([head, head, head]);
    expect(on.server.node.reads.followed).toBeLessThan(OTHERS * 1.5);
  });

  it('is not looked for again where the search broke off', async () => {
    const store = on.open(ours);
    const broken = store.headPosition();
    while (on.server.node.reads.followed < OTHERS / 2) await new Promise((resolve) => setImmediate(resolve));
    on.server.dropConnections();
    await broken.catch(() => undefined);
    expect(await store.headPosition()).toBe(head);
    expect(on.server.node.reads.followed).toBeLessThan(OTHERS * 2);
  });

  it('needs not be known to say that the server answers, or to read and follow', async () => {
    const store = on.open(ours);
    await store.ping();
    expect(on.server.node.reads).toEqual({ calls: 1, events: 20, followed: 0 });
    expect(await collect(store.readAll({ after: START_POSITION }))).toHaveLength(2);
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const { events } of store.tail({ after: START_POSITION, signal: stop.signal })) {
      seen.push(...events.map(({ data }) => data['n']));
      if (seen.length === 2) stop.abort();
    }
    expect(seen).toEqual([1, 2]);
  });

  it('is the start where nothing is ours', async () => {
    const others = await storeOnServer();
    writeOthers(others.server, 1_000);
    expect(await others.open(ours).headPosition()).toBe(START_POSITION);
    await others.close();
  });
});
