import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { START_POSITION, StreamConflict, type EventStore } from '../event-store.port.js';
import type { EventStoreHarness, OpenEventStore } from './event-store-harness.js';
import { appendTo, collect, newStream, noted } from './sample-events.js';

export function describeEmpty(open: OpenEventStore): void {
  describe('an empty record', () => {
    it('begins with an empty store at the start position', async () => {
      const empty = await open();
      try {
        expect(await empty.store.headPosition()).toBe(START_POSITION);
        expect(await collect(empty.store.readAll({ after: START_POSITION }))).toEqual([]);
        expect(await collect(empty.store.readStream('sample-none'))).toEqual([]);
        expect(await collect(empty.store.readStreamBackwards('sample-none'))).toEqual([]);
      } finally {
        await empty.close();
      }
    });
  });
}

export function describeSeveralStreams(open: OpenEventStore): void {
  describe('append to several streams', () => {
    let harness: EventStoreHarness;
    let store: EventStore;
    beforeAll(async () => {
      harness = await open();
      store = harness.store;
    });
    afterAll(() => harness.close());

    it('stores nothing in any stream when one of them conflicts', async () => {
      const [free, taken] = [newStream(), newStream()];
      await appendTo(store, taken, 'none', noted());
      const both = store.append([
        { streamId: free, expectedRevision: 'none', events: [noted()] },
        { streamId: taken, expectedRevision: 'none', events: [noted()] },
      ]);
      await expect(both).rejects.toBeInstanceOf(StreamConflict);
      expect(await collect(store.readStream(free))).toEqual([]);
    });

    it('stores several streams at once, together in the order of all', async () => {
      const [one, other] = [newStream(), newStream()];
      const { events } = await store.append([
        { streamId: one, expectedRevision: 'none', events: [noted(1), noted(2)] },
        { streamId: other, expectedRevision: 'none', events: [noted(3)] },
      ]);
      expect(events.map((event) => event.data['n'])).toEqual([1, 2, 3]);
      const all = await collect(store.readAll({ after: START_POSITION }));
      expect(all.slice(-3)).toEqual(events);
    });
  });
}

export function describeUniqueIds(open: OpenEventStore): void {
  describe('event ids unique in the whole store', () => {
    let harness: EventStoreHarness;
    let store: EventStore;
    beforeAll(async () => {
      harness = await open();
      store = harness.store;
    });
    afterAll(() => harness.close());

    it('refuses an event id that another stream has', async () => {
      const event = noted();
      await appendTo(store, newStream(), 'none', event);
      const streamId = newStream();
      await expect(appendTo(store, streamId, 'any', event)).rejects.toMatchObject({ code: 'EVENT_ID_REUSED' });
      expect(await collect(store.readStream(streamId))).toEqual([]);
    });
  });
}
