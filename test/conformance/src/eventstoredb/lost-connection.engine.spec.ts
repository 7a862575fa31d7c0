import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendTo, collect, newStream, noted } from '@brain/event-store/conformance';
import { START_POSITION } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { followFrom } from './followed-tail.fixture.js';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

describe('an event store on EventStoreDB whose connection is lost', () => {
  let on: StoreOnServer;
  const errors: unknown[] = [];
  beforeEach(async () => {
    errors.length = 0;
    on = await storeOnServer();
  });
  afterEach(() => on.close());

  const openStore = () => on.open({ onError: (error) => errors.push(error) });

  it('goes on with its tails where they were, giving each event once', async () => {
    const store = openStore();
    const tail = followFrom(store, START_POSITION);
    for (let n = 0; n < 4; n += 1) {
      await appendTo(on.store, newStream(), 'none', noted(n));
      await eventually(() => expect(tail.numbers()).toHaveLength(n + 1));
      on.server.dropConnections();
    }
    await appendTo(on.store, newStream(), 'none', noted(4));
    await eventually(() => expect(tail.numbers()).toEqual([0, 1, 2, 3, 4]));
    expect(errors).not.toEqual([]);
    await tail.stop();
  });

  it('appends and reads again at once when the connection alone was lost', async () => {
    const store = openStore();
    const streamId = newStream();
    for (let n = 0; n < 3; n += 1) {
      await appendTo(store, streamId, n === 0 ? 'none' : n - 1, noted(n));
      on.server.dropConnections();
    }
    expect(await collect(store.readStream(streamId))).toHaveLength(3);
  });

  it('stores an append once whose answer was lost, and answers it as new', async () => {
    const store = openStore();
    const streamId = newStream();
    on.server.node.faults.answersToLose = 2;
    const { repeated } = await appendTo(store, streamId, 'none', noted(1), noted(2));
    expect(repeated).toBe(false);
    expect(await collect(store.readStream(streamId))).toHaveLength(2);
    expect(errors).toHaveLength(2);
  });

  it('says EVENT_STORE_UNAVAILABLE while the server is away, and works when it is back', async () => {
    const store = openStore();
    const tail = followFrom(store, START_POSITION);
    await appendTo(store, newStream(), 'none', noted(1));
    await eventually(() => expect(tail.numbers()).toEqual([1]));

    on.server.stop();
    const refused = { code: 'EVENT_STORE_UNAVAILABLE' };
    await expect(appendTo(store, newStream(), 'none', noted(2))).rejects.toMatchObject(refused);
    await expect(store.headPosition()).rejects.toMatchObject(refused);
    await expect(collect(store.readAll({ after: START_POSITION }))).rejects.toMatchObject(refused);

    await on.server.start();
    await appendTo(store, newStream(), 'none', noted(3));
    await eventually(() => expect(tail.numbers()).toEqual([1, 3]));
    await tail.stop();
  });

  it('waits with a tail for a server that is still starting', async () => {
    on.server.node.faults.isNotReady = true;
    const store = openStore();
    const tail = followFrom(store, START_POSITION);
    await eventually(() => expect(errors).not.toEqual([]));
    on.server.node.faults.isNotReady = false;
    await appendTo(on.store, newStream(), 'none', noted(1));
    await eventually(() => expect(tail.numbers()).toEqual([1]));
    await tail.stop();
  });

  it.each(['one host', 'several hosts'])('gives up a server that takes connections and never answers, for %s', async (hosts) => {
    const sockets: Socket[] = [];
    const hung = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => hung.listen(0, '127.0.0.1', resolve));
    const { port } = hung.address() as AddressInfo;
    const host = `127.0.0.1:${String(port)}`;
    const store = on.open({ url: `esdb://${hosts === 'one host' ? host : `${host},${host}`}?tls=false`, deadlineMs: 200 });
    const refused = { code: 'EVENT_STORE_UNAVAILABLE' };
    await expect(appendTo(store, newStream(), 'none', noted(1))).rejects.toMatchObject(refused);
    await expect(store.ping()).rejects.toMatchObject(refused);
    await expect(collect(store.readStream('sample-1'))).rejects.toMatchObject(refused);
    hung.close();
    for (const socket of sockets) socket.destroy(); // it reads nothing, so it does not see that the client has left
  });

  it('gives up an append that is not answered within its deadline', async () => {
    const store = on.open({ deadlineMs: 100 });
    on.server.node.faults.delayMs = 2_000;
    await expect(appendTo(store, newStream(), 'none', noted(1))).rejects.toMatchObject({ code: 'EVENT_STORE_UNAVAILABLE' });
    await expect(store.headPosition()).rejects.toMatchObject({ code: 'EVENT_STORE_UNAVAILABLE' });
  });
});
