import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyRecord, InMemoryEventStore, START_POSITION, type EventStore } from '@brain/event-store';
import { appendTo, collect, noted } from '@brain/event-store/conformance';
import { EventStoreDbCopyTarget } from '@brain/event-store/eventstoredb';
import { entryOf } from '@brain/verifiable-log';
import { EventStoreDbServer } from './eventstoredb-server.js';
import { writeForeign } from './foreign-events.fixture.js';

const hashesOf = async (store: Pick<EventStore, 'readAll'>) => (await collect(store.readAll({ after: START_POSITION }))).map((event) => entryOf(event).toString());

describe('a record that is copied into EventStoreDB', () => {
  let source: InMemoryEventStore;
  const opened: { server: EventStoreDbServer; target: EventStoreDbCopyTarget }[] = [];
  beforeAll(async () => {
    source = new InMemoryEventStore(() => '2026-03-01T08:00:00.123Z');
    const streams = ['sample-a', 'sample-b', 'sample-c'];
    for (let n = 0; n < 300; n += 1) await appendTo(source, streams[(n * 7) % 3] ?? '', 'any', ...Array.from({ length: 1 + (n % 4) }, (_, i) => noted(n + i)));
  });
  afterAll(async () => {
    for (const { server, target } of opened) {
      await target.close();
      server.stop();
    }
  });

  const open = async () => {
    const server = await new EventStoreDbServer().start();
    const one = { server, target: new EventStoreDbCopyTarget({ url: server.url }) };
    opened.push(one);
    return one;
  };
  const copy = async (target: EventStoreDbCopyTarget, more: object = {}) => copyRecord({ source, until: await source.headPosition(), target, ...more });

  it('has every event in its order, with its id, its revision, its time and so its hash', async () => {
    const { target } = await open();
    const { events, copied } = await copy(target);
    expect(copied).toBe(events);
    const position = (event: object) => ({ ...event, position: '' });
    expect((await collect(target.readAll({ after: START_POSITION }))).map(position)).toEqual((await collect(source.readAll({ after: START_POSITION }))).map(position));
    expect(await hashesOf(target)).toEqual(await hashesOf(source));
  });

  it('goes on where it stopped, and takes what came since', async () => {
    const { target } = await open();
    const stop = new AbortController();
    const interrupted = copy(target, { signal: stop.signal, onProgress: (events: number) => events > 200 && stop.abort(new Error('interrupted')) });
    await expect(interrupted).rejects.toThrow('interrupted');
    const there = (await hashesOf(target)).length;
    expect(there).toBeGreaterThan(200);
    const { events, copied } = await copy(target);
    expect(copied).toBe(events - there);
    await appendTo(source, 'sample-a', 'any', noted(1_000));
    expect(await copy(target)).toEqual({ events: events + 1, copied: 1 });
    expect(await copy(target)).toEqual({ events: events + 1, copied: 0 });
  });

  it('is refused where others have written, and where another record is', async () => {
    const foreign = await open();
    writeForeign(foreign.server, 'invoice-1', { type: 'InvoiceSent', data: {} });
    await expect(copy(foreign.target)).rejects.toMatchObject({ code: 'COPY_TARGET_FOREIGN', message: expect.stringContaining('invoice-1') as unknown });
    const other = await open();
    await appendTo(other.target.store, 'sample-a', 'none', noted(1));
    await expect(copy(other.target)).rejects.toMatchObject({ code: 'COPY_TARGET_OTHER' });
    const longer = await open();
    await copy(longer.target);
    await appendTo(longer.target.store, 'sample-z', 'none', noted(1));
    await expect(copy(longer.target)).rejects.toMatchObject({ code: 'COPY_TARGET_OTHER', message: expect.stringContaining('has more') as unknown });
  });
});
