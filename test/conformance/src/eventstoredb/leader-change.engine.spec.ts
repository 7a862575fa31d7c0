import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendTo, collect, newStream, noted } from '@brain/event-store/conformance';
import { START_POSITION } from '@brain/event-store';
import { eventually } from '@brain/testing';
import { EventStoreDbCluster } from './eventstoredb-cluster.js';
import { followFrom } from './followed-tail.fixture.js';
import { storesOf } from './store-on-server.fixture.js';

describe('an event store on a cluster of EventStoreDB that changes its leader', () => {
  let cluster: EventStoreDbCluster;
  const stores = storesOf(() => cluster.url);
  beforeEach(async () => {
    cluster = await EventStoreDbCluster.start(3);
  });
  afterEach(async () => {
    await stores.close();
    cluster.stop();
  });

  it('follows the new leader with appends and tails, each event once', async () => {
    const store = stores.open();
    const streamId = newStream();
    const tail = followFrom(store, START_POSITION);
    for (let n = 0; n < 6; n += 1) {
      await appendTo(store, streamId, n === 0 ? 'none' : n - 1, noted(n));
      cluster.elect((n + 1) % 3);
    }
    await eventually(() => expect(tail.numbers()).toEqual([0, 1, 2, 3, 4, 5]));
    expect(await collect(store.readStream(streamId))).toEqual(tail.seen);
    await tail.stop();
  });

  it('finds the leader from any one node', async () => {
    const store = stores.open({ url: cluster.urlOf(2) });
    await appendTo(store, newStream(), 'none', noted(1));
    const tail = followFrom(stores.open({ url: cluster.urlOf(1) }), START_POSITION);
    await eventually(() => expect(tail.numbers()).toEqual([1]));
    await tail.stop();
  });

  it('goes on when the leader dies and another is elected', async () => {
    const store = stores.open();
    const tail = followFrom(store, START_POSITION);
    await appendTo(store, newStream(), 'none', noted(1));
    await eventually(() => expect(tail.numbers()).toEqual([1]));
    cluster.node(0).stop();
    cluster.elect(1);
    await eventually(async () => {
      await appendTo(store, newStream(), 'none', noted(2));
    });
    await eventually(() => expect(tail.numbers()).toEqual([1, 2]));
    await tail.stop();
  });
});
