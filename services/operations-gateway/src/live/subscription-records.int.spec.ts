import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SubscribeAck, SubscribeRequest } from '@brain/contracts';
import type { Actor } from '@brain/auth';
import { GatewayUnderTest, type LiveSocket } from '../gateway-under-test.fixture.js';

describe('a subscription, on the record', () => {
  let gateway: GatewayUnderTest;
  const open: LiveSocket[] = [];

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ GATEWAY_SUBSCRIBE_LIMIT: 'off', GATEWAY_SUBSCRIBE_ACCOUNT_LIMIT: 'off' });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const subscribe = async (actor: Partial<Actor>, request: SubscribeRequest): Promise<SubscribeAck> => {
    const socket = await gateway.connect({ token: await gateway.tokenFor(actor) });
    open.push(socket);
    return new Promise((resolve) => socket.emit('subscribe', request, resolve));
  };
  const readsOf = async (id: string) =>
    (await gateway.recorded('personal-data-read')).filter(({ metadata }) => metadata.actor.id === id).map(({ data }) => data);

  it('is one read of each kind, before anything is shown', async () => {
    const id = randomUUID();
    expect(await subscribe({ id }, { areas: ['440305001'], topics: ['case', 'workload', 'device', 'reading'] })).toMatchObject({ ok: true });
    const reads = await readsOf(id);
    expect(reads.map(({ kind }) => kind).sort()).toEqual(['case', 'device', 'workload']);
    expect(reads[0]).toMatchObject({ target: null, areaCode: '440305001', records: null, result: 'given', code: null, address: '127.0.0.1', count: 1 });
  });

  it('is the same when the line broke and came back, and another for other areas', async () => {
    const id = randomUUID();
    for (let times = 0; times < 3; times += 1) await subscribe({ id }, { areas: ['440305001', '440305002'], topics: ['case'] });
    expect(await readsOf(id)).toHaveLength(1);
    await subscribe({ id }, { areas: ['440305003'], topics: ['case'] });
    expect(await readsOf(id)).toHaveLength(2);
  });

  it('that is refused is a refused read, with why', async () => {
    const id = randomUUID();
    expect(await subscribe({ id }, { areas: ['440306'], topics: ['case'] })).toMatchObject({ code: 'AREA_OUT_OF_SCOPE' });
    expect(await subscribe({ id, roles: ['grid-worker'] }, { areas: ['440305'], topics: ['workload'] })).toMatchObject({ code: 'TOPIC_NOT_ALLOWED' });
    expect(await readsOf(id)).toEqual([
      expect.objectContaining({ kind: 'case', areaCode: '440306', result: 'refused', code: 'AREA_OUT_OF_SCOPE', records: 0 }),
      expect.objectContaining({ kind: 'workload', result: 'refused', code: 'TOPIC_NOT_ALLOWED' }),
    ]);
  });

  it('that is refused again and again is counted', async () => {
    const id = randomUUID();
    for (let n = 0; n < 70; n += 1) await subscribe({ id }, { areas: ['440306'], topics: ['case'] });
    expect(await readsOf(id)).toHaveLength(60);
    await gateway.restart();
    expect((await readsOf(id)).at(-1)).toMatchObject({ count: 10, code: 'AREA_OUT_OF_SCOPE' });
  });
});
