import { describe, expect, it } from '@jest/globals';
import { APPEND_MAX_BYTES, appendBytes } from '../append-limit.js';
import { oneRecord, type OpenEventStore } from './event-store-harness.js';
import { appendTo, collect, newStream, noted, STRUCK } from './sample-events.js';

export function describeAppend(open: OpenEventStore): void {
  describe('append', () => {
    const record = oneRecord(open);

    it('answers with the stored events, in the order given', async () => {
      const streamId = newStream();
      const given = [noted(1), noted(2), noted(3)];
      const { events, repeated } = await appendTo(record.store, streamId, 'none', ...given);
      expect(repeated).toBe(false);
      expect(events.map(({ eventId, revision }) => [eventId, revision])).toEqual(given.map(({ eventId }, i) => [eventId, i]));
      expect(events).toEqual(await collect(record.store.readStream(streamId)));
      expect(events[0]?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it('keeps data and metadata exactly, key order and odd text included', async () => {
      const streamId = newStream();
      const data = { z: 1, a: [1.5, -0.25, 1e21, null, true], 'ключ "\\': '预警\u0000\n{}', nested: { b: {}, a: [] } };
      await appendTo(record.store, streamId, 'none', noted(0, { data }));
      const [event] = await collect(record.store.readStream(streamId));
      expect(JSON.stringify(event?.data)).toBe(JSON.stringify(data));
    });

    it.each([
      ['none', null, 0],
      [0, 0, 1],
      ['any', 0, 1],
    ] as const)('accepts expected revision %s on a stream at %s', async (expected, at, revision) => {
      const streamId = newStream();
      if (at !== null) await appendTo(record.store, streamId, 'none', noted());
      const { events } = await appendTo(record.store, streamId, expected, noted());
      expect(events[0]?.revision).toBe(revision);
    });

    it.each([
      ['none', 0],
      [1, 0],
      [0, 1],
      [0, null],
      [7, 1],
    ] as const)('refuses expected revision %s on a stream at %s, and says where it is', async (expected, at) => {
      const streamId = newStream();
      const before = Array.from({ length: at === null ? 0 : at + 1 }, () => noted());
      if (before.length > 0) await appendTo(record.store, streamId, 'none', ...before);
      const refusal = appendTo(record.store, streamId, expected, noted());
      await expect(refusal).rejects.toMatchObject({ name: 'StreamConflict', streamId, expected, actual: at });
      expect(await collect(record.store.readStream(streamId))).toHaveLength(before.length);
    });

    it('answers a repeat with what was stored the first time, whatever the stream did since', async () => {
      const streamId = newStream();
      const events = [noted(1), noted(2)];
      const first = await appendTo(record.store, streamId, 'none', ...events);
      await appendTo(record.store, streamId, 1, noted(3));
      const again = await appendTo(record.store, streamId, 'none', ...events);
      expect(again).toEqual({ events: first.events, repeated: true });
      expect(await collect(record.store.readStream(streamId))).toHaveLength(3);
    });

    it.each(['any', 0, 1, 9] as const)('answers a repeat that expects revision %s, whatever that is', async (expected) => {
      const streamId = newStream();
      const event = noted(1);
      const first = await appendTo(record.store, streamId, 'none', event);
      await appendTo(record.store, streamId, 0, noted(2));
      expect(await appendTo(record.store, streamId, expected, event)).toEqual({ events: first.events, repeated: true });
      expect(await collect(record.store.readStream(streamId))).toHaveLength(2);
    });

    it('stores one of many identical appends that come at once', async () => {
      const streamId = newStream();
      const event = noted();
      const stores = [record.store, record.another(), record.another()];
      const results = await Promise.all(
        Array.from({ length: 30 }, (_, i) => appendTo(stores[i % 3] ?? record.store, streamId, 'any', event)),
      );
      expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(await collect(record.store.readStream(streamId))).toHaveLength(1);
    });

    it('refuses a batch of which only a part is stored', async () => {
      const streamId = newStream();
      const event = noted();
      await appendTo(record.store, streamId, 'none', event);
      await expect(appendTo(record.store, streamId, 'any', event, noted())).rejects.toMatchObject({ code: 'EVENT_ID_REUSED' });
      expect(await collect(record.store.readStream(streamId))).toHaveLength(1);
    });

    it('refuses an id that was stored as another type, and one id twice', async () => {
      const streamId = newStream();
      const event = noted();
      await appendTo(record.store, streamId, 'none', event);
      const otherType = appendTo(record.store, streamId, 'any', { ...event, type: STRUCK });
      await expect(otherType).rejects.toMatchObject({ code: 'EVENT_ID_REUSED' });
      const twice = noted();
      await expect(appendTo(record.store, newStream(), 'none', twice, twice)).rejects.toMatchObject({ code: 'EVENT_ID_REUSED' });
    });

    it('refuses what is too large for any engine with both figures, alone or together, and stores nothing of it', async () => {
      const streamId = newStream();
      const half = () => noted(0, { data: { text: 'x'.repeat(APPEND_MAX_BYTES / 2) } });
      const too = [half(), half()];
      const figures = `${String(appendBytes(too))} bytes, and at most ${String(APPEND_MAX_BYTES)} bytes`;
      const refused = { code: 'EVENT_TOO_LARGE', message: expect.stringContaining(figures) as unknown };
      await expect(appendTo(record.store, streamId, 'none', ...too)).rejects.toMatchObject(refused);
      const huge = noted(0, { data: { text: '格'.repeat(APPEND_MAX_BYTES / 3) } });
      await expect(appendTo(record.store, streamId, 'any', huge)).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE' });
      expect(await collect(record.store.readStream(streamId))).toEqual([]);
    });

    it('takes an event that is just not too large, and gives it back', async () => {
      const streamId = newStream();
      const room = APPEND_MAX_BYTES - appendBytes([noted(0, { data: { text: '' } })]);
      const largest = noted(0, { data: { text: 'x'.repeat(room) } });
      expect(appendBytes([largest])).toBe(APPEND_MAX_BYTES);
      await appendTo(record.store, streamId, 'none', largest);
      expect((await collect(record.store.readStream(streamId))).map(({ data }) => data)).toEqual([largest.data]);
    });

    it('lets exactly one of many win a stream, and tells the others', async () => {
      const streamId = newStream();
      const stores = [record.store, record.another(), record.another()];
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) => appendTo(stores[i % 3] ?? record.store, streamId, 'none', noted(i))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ name: 'StreamConflict', actual: 0 });
      }
    });

    it('lets the conflict of one stream concern nobody who appends at the same moment', async () => {
      const taken = newStream();
      await appendTo(record.store, taken, 'none', noted());
      const free = Array.from({ length: 20 }, newStream);
      const results = await Promise.allSettled(
        free.flatMap((streamId) => [appendTo(record.store, streamId, 'none', noted()), appendTo(record.store, taken, 'none', noted())]),
      );
      expect(results.map(({ status }) => status)).toEqual(free.flatMap(() => ['fulfilled', 'rejected']));
    });

    it('appends without a check from many at once, leaving no hole and no double', async () => {
      const streamId = newStream();
      const stores = [record.store, record.another(), record.another()];
      await Promise.all(Array.from({ length: 60 }, (_, i) => appendTo(stores[i % 3] ?? record.store, streamId, 'any', noted(i))));
      const events = await collect(record.store.readStream(streamId));
      expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    });
  });
}
