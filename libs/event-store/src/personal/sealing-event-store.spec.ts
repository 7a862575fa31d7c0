import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ERASED, isSealed, type EventMetadata, type StoredEvent } from '@brain/contracts';
import { rawWriter } from '../conformance/event-store-harness.js';
import { describeEventStore } from '../conformance/event-store.conformance.js';
import { InMemoryEventStore } from '../memory/in-memory-event-store.js';
import { START_POSITION, type NewEvent } from '../event-store.port.js';
import { InMemoryPersonKeys } from './in-memory-person-keys.js';
import { erasedData, PersonalData } from './personal-data.js';
import { SealingEventStore } from './sealing-event-store.js';

describeEventStore('SealingEventStore', () => {
  const inner = new InMemoryEventStore();
  const store = new SealingEventStore(inner, new PersonalData(new InMemoryPersonKeys()));
  return Promise.resolve({ store, another: () => store, writeRaw: rawWriter(inner), close: () => store.close() });
});

const metadata: EventMetadata = {
  source: 'grid-registry',
  time: '2026-11-22T02:00:00.000Z',
  correlationId: 'c',
  causationId: 'd',
  actor: { type: 'user', id: 'u' },
  command: { id: 'k', hash: 'hash-of-the-name' },
};
const staffId = '018f0000-0000-7000-8000-0000000000a1';
const person = `person:${staffId}`;
const stream = `staff-${staffId}`;
const registered = (name: string): NewEvent => ({
  eventId: randomUUID(),
  type: 'grid-registry.staff-registered.v1',
  data: { staffId, name, roles: ['grid-worker'], areaCodes: ['440305001001'], skills: [], post: '网格员' },
  metadata,
});
const onDuty = (): NewEvent => ({
  eventId: randomUUID(),
  type: 'grid-registry.staff-availability-changed.v1',
  data: { staffId, availability: 'on-duty', at: metadata.time },
  metadata,
});

class AskedForNothing extends InMemoryPersonKeys {
  override forSealing = () => Promise.reject(new Error('asked'));
  override forOpening = () => Promise.reject(new Error('asked'));
}

let raw: InMemoryEventStore;
let keys: InMemoryPersonKeys;
let personalData: PersonalData;
let store: SealingEventStore;
beforeEach(() => {
  raw = new InMemoryEventStore();
  keys = new InMemoryPersonKeys();
  personalData = new PersonalData(keys);
  store = new SealingEventStore(raw, personalData);
});
const read = async (from: InMemoryEventStore | SealingEventStore, streamId = stream) => {
  const events: StoredEvent[] = [];
  for await (const event of from.readStream(streamId)) events.push(event);
  return events;
};
const register = (...names: readonly string[]) => store.append([{ streamId: stream, expectedRevision: 'none', events: [...names.map(registered), onDuty()] }]);

describe('what is stored', () => {
  it('has neither the name nor a hash of it, and is given back as it was', async () => {
    const { events } = await register('陈静');
    expect(events[0]).toMatchObject({ data: { name: '陈静', post: '网格员' }, metadata });
    expect(JSON.stringify(await read(raw))).not.toMatch(/陈静|hash-of-the-name/);
    expect((await read(raw))[0]?.data['name']).toEqual({
      alg: 'A256GCM',
      key: await keys.keyIdOf(person),
      iv: expect.any(String),
      ciphertext: expect.any(String),
      tag: expect.any(String),
    });
    expect(await read(store)).toEqual(events);
  });

  it('does not tell names apart by their length', async () => {
    await register('丁一', '欧阳娜娜');
    const lengths = (await read(raw)).flatMap(({ data }) => (isSealed(data['name']) ? [data['name'].ciphertext.length] : []));
    expect(new Set(lengths).size).toBe(1);
  });

  it('comes back from every way of reading, and from the bus', async () => {
    const { events } = await register('陈静');
    const seen: unknown[] = [];
    for await (const event of store.readAll({ after: START_POSITION })) seen.push(event.data['name']);
    for await (const event of store.readStreamBackwards(stream)) seen.unshift(event.data['name']); // oldest first again
    const stop = new AbortController();
    for await (const batch of store.tail({ after: START_POSITION, signal: stop.signal })) {
      seen.push(...batch.events.map(({ data }) => data['name']));
      if (batch.events.length > 0) stop.abort();
    }
    expect(seen).toEqual(['陈静', undefined, '陈静', undefined, '陈静', undefined]);
    expect(await personalData.reveal(await read(raw))).toEqual(events);
  });

  it('may be plain: it was stored before there were keys', async () => {
    await raw.append([{ streamId: stream, expectedRevision: 'none', events: [registered('陈静')] }]);
    expect((await read(store))[0]?.data['name']).toBe('陈静');
  });

  it('is untouched where nothing is personal: no key is even asked for', async () => {
    const none = new SealingEventStore(raw, new PersonalData(new AskedForNothing()));
    const event = onDuty();
    const { events } = await none.append([{ streamId: stream, expectedRevision: 'none', events: [event] }]);
    expect(events[0]?.data).toEqual(event.data);
  });

  it('is recognised when it is sent again', async () => {
    const event = registered('陈静');
    const append = () => store.append([{ streamId: stream, expectedRevision: 'any', events: [event] }]);
    const [first, again] = [await append(), await append()];
    expect(again).toEqual({ events: first.events, repeated: true });
  });
});

describe('a person who is erased', () => {
  const erase = async () => keys.destroy(person, (await keys.keyIdOf(person)) ?? '');

  it('is shown as erased, and what is stored does not change by a byte', async () => {
    await register('陈静');
    const before = JSON.stringify(await read(raw));
    await erase();
    const [event] = await read(store);
    expect(event?.data).toMatchObject({ name: ERASED, post: '网格员' });
    expect(event?.data).toEqual(erasedData(registered('陈静'), person));
    expect(JSON.stringify(await read(raw))).toBe(before);
  });

  it('gets no key any more: what still arrives about them is not kept', async () => {
    await register('陈静');
    await erase();
    await store.append([{ streamId: stream, expectedRevision: 'any', events: [registered('陈静')] }]);
    expect(JSON.stringify(await read(raw))).not.toContain('陈静');
    expect((await read(store)).map(({ data }) => data['name'])).toEqual([ERASED, undefined, ERASED]);
  });

  it('does not take others along', async () => {
    const evaluation = {
      eventId: randomUUID(),
      type: 'staff-evaluation.evaluation-computed.v1',
      data: { scores: [{ staffId, name: '陈静' }, { staffId: 'b', name: '李强' }] },
      metadata: { ...metadata, source: 'staff-evaluation' },
    };
    await store.append([{ streamId: 'evaluation-1', expectedRevision: 'none', events: [evaluation] }]);
    await erase();
    expect((await read(store, 'evaluation-1'))[0]?.data['scores']).toEqual([{ staffId, name: ERASED }, { staffId: 'b', name: '李强' }]);
  });
});

describe('a sealed value', () => {
  it('is given back whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }).filter((name) => name !== ERASED), async (name) => {
        const sealed = await personalData.seal([{ streamId: stream, expectedRevision: 'any', events: [registered(name)] }]);
        const [event] = await personalData.reveal((sealed[0]?.events ?? []).map((one) => ({ ...one, streamId: stream })));
        expect(event?.data['name']).toBe(name);
      }),
    );
  });

  it('cannot be moved to another place, nor changed', async () => {
    await register('陈静', '李强');
    const [one, two] = await read(raw);
    if (one === undefined || two === undefined || !isSealed(one.data['name'])) throw new Error('Nothing is sealed');
    const corrupt = { code: 'PERSONAL_DATA_CORRUPT' };
    await expect(personalData.reveal([{ ...one, streamId: 'staff-other' }])).rejects.toMatchObject(corrupt);
    await expect(personalData.reveal([{ ...one, type: 'grid-registry.staff-changed.v1' }])).rejects.toMatchObject(corrupt);
    const changed = { ...one.data['name'], ciphertext: Buffer.alloc(32).toString('base64url') };
    await expect(personalData.reveal([{ ...one, data: { ...one.data, name: changed } }])).rejects.toMatchObject(corrupt);
  });
});
