import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, type SubscribeAck, type SubscribeRequest } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest, type LiveSocket } from '../gateway-under-test.fixture.js';
import { alertRaised } from './live-events.fixture.js';

const ALERTS: SubscribeRequest = { areas: ['440305'], topics: ['alert'] };
const FLOOD = 10_000;

describe('a live connection that asks without end', () => {
  let gateway: GatewayUnderTest;
  const open: LiveSocket[] = [];

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ GATEWAY_SOCKET_BACKLOG: '150', GATEWAY_SOCKETS_OF_ACCOUNT: '8' });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const connected = async (id: string, roles: readonly ['operator' | 'grid-worker']): Promise<LiveSocket> => {
    const socket = await gateway.connect({ token: await gateway.tokenFor({ id, roles }) });
    open.push(socket);
    if (!socket.connected) await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    return socket;
  };
  const subscribe = (socket: LiveSocket, request: SubscribeRequest): Promise<SubscribeAck> => new Promise((resolve) => socket.emit('subscribe', request, resolve));
  const snapshotsMade = async (): Promise<number> => Number(/^brain_socket_snapshots_total\S* (\d+)$/m.exec(String((await gateway.request('/metrics')).body.text))?.[1]);
  /** The reason of the close that the server sent. */
  const closed = (socket: LiveSocket): Promise<string> =>
    new Promise((resolve) => socket.once('disconnect', (_, details) => resolve(details !== undefined && 'context' in details ? (details.context as { reason: string }).reason : '')));

  it('makes few snapshots, is told which of its subscriptions count, and is let go; an operator sees the change all the same', async () => {
    const operator = await connected(randomUUID(), ['operator']);
    const seen: string[] = [];
    operator.on('change', ({ data }) => seen.push('alertId' in data ? data.alertId : ''));
    await subscribe(operator, ALERTS);

    const worker = await connected(randomUUID(), ['grid-worker']);
    const [before, end] = [await snapshotsMade(), closed(worker)];
    const answers: string[] = [];
    for (let n = 0; n < FLOOD; n += 1) worker.emit('subscribe', { areas: ['440305001'], topics: ['alert'] }, (answer) => answers.push(answer.ok ? 'OK' : answer.code));
    const alertId = randomUUID();
    await gateway.publish(TOPICS.alertingEvents, alertRaised(alertId));

    expect(await end).toBe('RATE_LIMITED');
    await eventually(() => expect(seen).toEqual([alertId]));
    const of = (code: string) => answers.filter((one) => one === code).length;
    expect(['OK', 'SUBSCRIPTION_REPLACED', 'RATE_LIMITED']).toEqual(expect.arrayContaining([...new Set(answers)]));
    expect(of('SUBSCRIPTION_REPLACED')).toBeGreaterThan(0);
    expect(of('OK') + of('SUBSCRIPTION_REPLACED')).toBeLessThanOrEqual(60); // thirty at once, and what time gives back
    expect((await snapshotsMade()) - before).toBeLessThanOrEqual(60);
    expect(answers.length).toBeLessThan(FLOOD / 2); // it was let go long before the end
  });

  it('has what its account is allowed over all its connections, and no more', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const answers: string[] = [];
    for (let connections = 0; connections < 8; connections += 1) {
      const socket = await connected(id, ['operator']);
      for (let n = 0; n < 25; n += 1) {
        const answer = await subscribe(socket, ALERTS);
        answers.push(answer.ok ? 'OK' : answer.code);
      }
    }
    expect(new Set(answers)).toEqual(new Set(['OK', 'RATE_LIMITED']));
    expect(await subscribe(await connected(other, ['operator']), ALERTS)).toMatchObject({ ok: true });
  });

  it('is one of so many that its account may have: one more is refused with a code, until one has left', async () => {
    const id = randomUUID();
    const first = await connected(id, ['operator']);
    for (let n = 1; n < 8; n += 1) await connected(id, ['operator']);
    const oneMore = async () => {
      const socket = await gateway.connect({ token: await gateway.tokenFor({ id }) });
      open.push(socket);
      return new Promise<unknown>((resolve) => {
        socket.once('connect', () => resolve('connected'));
        socket.once('connect_error', (error) => resolve((error as Error & { data?: { code?: string } }).data?.code));
      });
    };
    expect(await oneMore()).toBe('CONNECTIONS_TOO_MANY');
    await connected(randomUUID(), ['operator']);
    first.disconnect();
    await eventually(async () => expect(await oneMore()).toBe('connected'));
  });

  it('is closed with a code when it does not read what it asked for', async () => {
    const slow = await connected(randomUUID(), ['operator']);
    await subscribe(slow, ALERTS);
    const end = closed(slow);
    await gateway.publish(TOPICS.alertingEvents, ...Array.from({ length: 2_000 }, () => alertRaised(randomUUID())));
    expect(await end).toBe('CLIENT_TOO_SLOW');
  });
});
