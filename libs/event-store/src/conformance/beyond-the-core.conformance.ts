import { describe, expect, it } from '@jest/globals';
import { START_POSITION, StreamConflict } from '../event-store.port.js';
import { oneRecord, type OpenEventStore } from './event-store-harness.js';
import { appendTo, collect, newStream, noted } from './sample-events.js';

export function describeEmpty(open: OpenEventStore): void {
  describe('an empty record', () => {
    it('begins with an empty store at the start position', async () => {
      const empty = await open();
      try {
        expect(await empty.store.headPosition()).toBe(START_POSITION);
        expect(await empty.store.newestPosition()).toBe(START_POSITION);
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
    const record = oneRecord(open);

    it('is what the store says it takes', () => {
      expect(record.store.appendsToSeveralStreams).toBe(true);
    });

    it('stores nothing in any stream when one of them conflicts', async () => {
      const [free, taken] = [newStream(), newStream()];
      await appendTo(record.store, taken, 'none', noted());
      const both = record.store.append([
        { streamId: free, expectedRevision: 'none', events: [noted()] },
        { streamId: taken, expectedRevision: 'none', events: [noted()] },
      ]);
      await expect(both).rejects.toBeInstanceOf(StreamConflict);
      expect(await collect(record.store.readStream(free))).toEqual([]);
    });

    it('stores several streams at once, together in the order of all', async () => {
      const [one, other] = [newStream(), newStream()];
      const { events } = await record.store.append([
        { streamId: one, expectedRevision: 'none', events: [noted(1), noted(2)] },
        { streamId: other, expectedRevision: 'none', events: [noted(3)] },
      ]);
      expect(events.map((event) => event.data['n'])).toEqual([1, 2, 3]);
      const all = await collect(record.store.readAll({ after: START_POSITION }));
      expect(all.slice(-3)).toEqual(events);
    });
  });
}

export function describeOneStream(open: OpenEventStore): void {
  describe('append to several streams', () => {
    const record = oneRecord(open);

    it('is what the store says it does not take, and it writes to none of them', async () => {
      expect(record.store.appendsToSeveralStreams).toBe(false);
      const streams = [newStream(), newStream()];
      const appends = streams.map((streamId) => ({ streamId, expectedRevision: 'none' as const, events: [noted()] }));
      await expect(record.store.append(appends)).rejects.toMatchObject({ code: 'APPEND_TO_SEVERAL_STREAMS' });
      for (const streamId of streams) expect(await collect(record.store.readStream(streamId))).toEqual([]);
    });
  });
}

export function describeUniqueIds(open: OpenEventStore): void {
  describe('event ids unique in the whole store', () => {
    const record = oneRecord(open);

    it('refuses an event id that another stream has', async () => {
      const event = noted();
      await appendTo(record.store, newStream(), 'none', event);
      const streamId = newStream();
      await expect(appendTo(record.store, streamId, 'any', event)).rejects.toMatchObject({ code: 'EVENT_ID_REUSED' });
      expect(await collect(record.store.readStream(streamId))).toEqual([]);
    });
  });
}
