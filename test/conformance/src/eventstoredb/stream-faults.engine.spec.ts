import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handleCommand, createEventCodec, WatchedEventStore, type FoundFault } from '@brain/event-store';
import { recordFoundBrokenV1 } from '@brain/contracts';
import { appendTo, collect, newStream, noted } from '@brain/event-store/conformance';
import { setStreamMetadata, writeForeign } from './foreign-events.fixture.js';
import { storeOnServer, type StoreOnServer } from './store-on-server.fixture.js';

const codec = createEventCodec([recordFoundBrokenV1]);
const decider = {
  initial: 0,
  decide: () => [{ type: 'RecordFoundBroken' as const, data: { code: 'X', leafIndex: null, treeSize: 0, at: '2026-11-22T02:00:00.000Z' } }],
  evolve: (count: number) => count + 1,
};
const context = { source: 'audit', actor: { type: 'system', id: 't' }, time: '2026-11-22T02:00:00.000Z', correlationId: 'c', causationId: 'd' } as const;

describe('a stream that others have touched in EventStoreDB', () => {
  let on: StoreOnServer;
  const faults: FoundFault[] = [];
  beforeAll(async () => {
    on = await storeOnServer();
  });
  afterAll(() => on.close());

  const stream = async (events: number) => {
    const streamId = newStream();
    const store = new WatchedEventStore(on.open(), (fault) => faults.push(fault));
    for (let n = 0; n < events; n += 1) await command(store, streamId);
    faults.length = 0;
    return { streamId, store };
  };
  const command = (store: WatchedEventStore, streamId: string) => handleCommand(store, codec, decider, streamId, {}, context);

  it.each([
    ['of another program', { type: 'InvoiceSent', data: {} }],
    ['that is ours by half', { type: 'audit.record-found-broken.v1', data: {}, metadata: { source: 'audit', appendId: 'x' } }],
  ])('says STREAM_FOREIGN_EVENT to every command when it has an event %s, and takes no more', async (_, foreign) => {
    const { streamId, store } = await stream(2);
    writeForeign(on.server, streamId, foreign);
    const refused = { code: 'STREAM_FOREIGN_EVENT', streamId, revision: 2 };
    await expect(command(store, streamId)).rejects.toMatchObject({ name: 'DomainError', ...refused });
    await expect(appendTo(on.open(), streamId, 'any', noted())).rejects.toMatchObject(refused);
    expect(faults).toEqual([refused]);
    expect(on.server.node.log.stream(streamId)).toHaveLength(3);
  });

  it.each([
    ['$maxCount', { $maxCount: 1 }],
    ['$tb', { $tb: 2 }],
    ['$maxAge, with everything expired', { $maxAge: -1 }],
  ])('says STREAM_TRUNCATED when %s hides its beginning, read from either end', async (_, metadata) => {
    const { streamId, store } = await stream(3);
    setStreamMetadata(on.server, streamId, metadata);
    const refused = { code: 'STREAM_TRUNCATED', streamId, revision: null };
    await expect(command(store, streamId)).rejects.toMatchObject({ name: 'DomainError', ...refused });
    await expect(collect(store.readStreamBackwards(streamId))).rejects.toMatchObject(refused);
    await expect(appendTo(on.open(), streamId, 'any', noted())).rejects.toMatchObject(refused);
    expect(faults).toEqual([refused, refused]);
  });

  it('concerns no other stream', async () => {
    const { streamId, store } = await stream(1);
    expect((await command(store, streamId)).revision).toBe(1);
  });
});
