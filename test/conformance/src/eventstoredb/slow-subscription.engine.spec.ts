import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { START_POSITION } from '@brain/event-store';
import { appendTo, collect, newStream, noted } from '@brain/event-store/conformance';
import { eventually } from '@brain/testing';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

const BURSTS = 20;
const BURST = 60;

describe('a tail that takes less than what comes, on EventStoreDB', () => {
  let on: StoreOnServer;
  beforeAll(async () => {
    on = await storeOnServer();
    on.server.node.faults.liveBuffer = 32;
  });
  afterAll(() => on.close());

  it('is ended by the server again and again, and goes on without a hole, a double or another order', async () => {
    const errors: unknown[] = [];
    const stop = new AbortController();
    const seen: unknown[] = [];
    const store = on.open({ onError: (error) => errors.push(error) });
    const following = (async () => {
      for await (const { events } of store.tail({ after: START_POSITION, source: 'sample', signal: stop.signal, batchSize: 10 })) {
        seen.push(...events.map(({ data }) => data['n']));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let burst = 0; burst < BURSTS; burst += 1) {
      await appendTo(on.store, newStream(), 'none', ...Array.from({ length: BURST }, (_, n) => noted(burst * BURST + n)));
      await eventually(() => expect(seen.length).toBeGreaterThan(burst * BURST));
    }
    await eventually(() => expect(seen).toHaveLength(BURSTS * BURST));
    expect(seen).toEqual(Array.from({ length: BURSTS * BURST }, (_, n) => n));
    expect(on.server.node.tooSlow).toBeGreaterThan(0);
    expect(errors.length).toBeGreaterThanOrEqual(on.server.node.tooSlow);
    stop.abort();
    await following;
    expect(await collect(on.store.readAll({ after: START_POSITION }))).toHaveLength(BURSTS * BURST);
  });
});
