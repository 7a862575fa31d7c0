import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@brain/contracts';
import { START_POSITION } from '../event-store.port.js';
import { oneRecord, type OpenEventStore } from './event-store-harness.js';
import { appendTo, collect, newStream, NOTED, noted, STRUCK } from './sample-events.js';

export function describeReading(open: OpenEventStore): void {
  describe('reading', () => {
    const record = oneRecord(open);

    it('reads a long stream forwards, from a revision, and backwards up to a limit', async () => {
      const streamId = newStream();
      const events = Array.from({ length: 2_100 }, (_, i) => noted(i));
      await appendTo(record.store, streamId, 'none', ...events);
      expect(revisions(await collect(record.store.readStream(streamId)))).toEqual(events.map((_, i) => i));
      expect(revisions(await collect(record.store.readStream(streamId, { fromRevision: 2_098 })))).toEqual([2_098, 2_099]);
      expect(revisions(await collect(record.store.readStreamBackwards(streamId, { limit: 2 })))).toEqual([2_099, 2_098]);
      expect(revisions(await collect(record.store.readStreamBackwards(streamId)))).toEqual(events.map((_, i) => 2_099 - i));
    });

    it('reads all in one order that sorts as text, with each stream in its own order', async () => {
      const streams = Array.from({ length: 5 }, newStream);
      for (let round = 0; round < 4; round += 1) {
        await Promise.all(streams.map((streamId) => appendTo(record.store, streamId, 'any', noted(round), noted(round))));
      }
      const all = await collect(record.store.readAll({ after: START_POSITION }));
      const positions = all.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort());
      for (const streamId of streams) {
        expect(revisions(all.filter((event) => event.streamId === streamId))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      }
      expect(await record.store.headPosition()).toBe(positions.at(-1));
      expect(await record.store.newestPosition()).toBe(positions.at(-1));
    });

    it('reads after one position until another, with the second in it and the first not', async () => {
      const { events } = await appendTo(record.store, newStream(), 'none', ...Array.from({ length: 5 }, (_, i) => noted(i)));
      const [first, , third] = events;
      const read = await collect(record.store.readAll({ after: first?.position ?? '', until: third?.position ?? '' }));
      expect(read).toEqual(events.slice(1, 3));
    });

    it.each([1, 3, 4, 1_000])('reads the same in pages of %i', async (pageSize) => {
      const streamId = newStream();
      const { events } = await appendTo(record.store, streamId, 'none', ...Array.from({ length: 9 }, (_, i) => noted(i, i % 3 === 1 ? { type: STRUCK } : {})));
      const [first] = events;
      const read = await collect(record.store.readAll({ after: first?.position ?? '', types: [NOTED], pageSize }));
      expect(read).toEqual(events.slice(1).filter(({ type }) => type === NOTED));
    });

    it('leaves out other types and other sources', async () => {
      const start = await record.store.headPosition();
      const given = [noted(0, { source: 'one' }), noted(1, { source: 'two' }), noted(2, { source: 'two', type: 'two.struck.v1' })];
      await appendTo(record.store, newStream(), 'none', ...given);
      const read = async (filter: object) =>
        (await collect(record.store.readAll({ after: start, ...filter }))).map((event) => event.data['n']);
      expect(await read({ types: ['one.noted.v1', 'two.noted.v1'] })).toEqual([0, 1]);
      expect(await read({ source: 'two' })).toEqual([1, 2]);
      expect(await read({ source: 'two', types: ['one.noted.v1', 'two.noted.v1'] })).toEqual([1]);
      expect(await read({ types: ['two.noted.v'] })).toEqual([]);
      expect(await read({ types: [] })).toEqual([]);
    });
  });
}

function revisions(events: readonly StoredEvent[]): number[] {
  return events.map(({ revision }) => revision);
}
