import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@brain/contracts';
import { START_POSITION } from '../event-store.port.js';
import { oneRecord, type OpenEventStore } from './event-store-harness.js';
import { appendTo, collect, follow, newStream, NOTED, noted, STRUCK } from './sample-events.js';

export function describeTail(open: OpenEventStore): void {
  describe('tail', () => {
    const record = oneRecord(open);

    it('gives what is stored, then what comes, also from another process', async () => {
      const start = await record.store.headPosition();
      await appendTo(record.store, newStream(), 'none', noted(1), noted(2));
      const tail = follow(record.store, { after: start }, (events) => {
        if (events.length === 2) void appendTo(record.another(), newStream(), 'none', noted(3));
        return events.length === 3;
      });
      expect((await tail).map((event) => event.data['n'])).toEqual([1, 2, 3]);
    });

    it('ends without an error when aborted, while waiting and before it began', async () => {
      const waiting = new AbortController();
      const tail = collect(record.store.tail({ after: await record.store.headPosition(), signal: waiting.signal }));
      setImmediate(() => waiting.abort());
      expect(await tail).toEqual([]);
      expect(await collect(record.store.tail({ after: START_POSITION, signal: AbortSignal.abort() }))).toEqual([]);
    });

    it('hands out no more at once than asked for', async () => {
      const start = await record.store.headPosition();
      await appendTo(record.store, newStream(), 'none', ...Array.from({ length: 25 }, (_, i) => noted(i)));
      const sizes: number[] = [];
      await follow(record.store, { after: start, batchSize: 10 }, (events, batch) => {
        sizes.push(batch.events.length);
        return events.length === 25;
      });
      expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    });

    it('tells how far it looked, also past what its filter left out', async () => {
      const start = await record.store.headPosition();
      await appendTo(record.store, newStream(), 'none', noted(1), noted(2, { type: STRUCK }), noted(3, { source: 'other' }));
      const head = await record.store.headPosition();
      const isThere = (_: unknown, batch: { position: string }) => batch.position === head;
      expect(await follow(record.store, { after: start, types: ['sample.nothing.v1'] }, isThere)).toEqual([]);
      const read = await follow(record.store, { after: start, types: [NOTED], source: 'sample' }, isThere);
      expect(read.map((event) => event.data['n'])).toEqual([1]);
    });

    it('goes on from the position of any batch, giving each event once', async () => {
      const start = await record.store.headPosition();
      const { events } = await appendTo(record.store, newStream(), 'none', ...Array.from({ length: 12 }, (_, i) => noted(i)));
      const seen: StoredEvent[] = [];
      let after = start;
      while (seen.length < events.length) {
        seen.push(
          ...(await follow(record.store, { after, batchSize: 5 }, (_, batch) => {
            after = batch.position;
            return true;
          })),
        );
      }
      expect(seen).toEqual(events);
    });

    it('gives several readers the one same order while several processes write', async () => {
      const start = await record.store.headPosition();
      const writers = [record.store, record.another(), record.another()];
      const total = 300;
      const readers = [record.store, record.another()].map((reader) =>
        follow(reader, { after: start, batchSize: 7 }, (events) => events.length >= total),
      );
      const streams = Array.from({ length: 10 }, newStream);
      await Promise.all(
        Array.from({ length: total }, (_, i) =>
          appendTo(writers[i % writers.length] ?? record.store, streams[i % streams.length] ?? '', 'any', noted(i)),
        ),
      );
      const [one = [], other = []] = await Promise.all(readers);
      expect(one.map(({ eventId }) => eventId)).toEqual(other.map(({ eventId }) => eventId));
      expect(one).toEqual(await collect(record.store.readAll({ after: start })));
      const positions = one.map(({ position }) => position);
      expect(positions).toEqual([...new Set(positions)].sort());
    });
  });
}
