import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, type Change, type Snapshot, type SubscribeAck, type SubscribeRequest } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest, type LiveSocket } from '../gateway-under-test.fixture.js';
import {
  alertAcknowledged,
  alertRaised,
  caseDispatchedTo,
  deviceMoved,
  deviceRegistered,
  DEVICE,
  staffRegistered,
  workload,
} from './live-events.fixture.js';

const ALERTS: SubscribeRequest = { areas: ['440305'], topics: ['alert'] };

/** A screen: what it was told, in order. */
interface Screen {
  readonly socket: LiveSocket;
  readonly snapshots: Snapshot[];
  readonly changes: Change[];
}

describe('the live door', () => {
  let gateway: GatewayUnderTest;
  const open: LiveSocket[] = [];

  beforeAll(async () => {
    gateway = await GatewayUnderTest.start({ GATEWAY_CHANNEL_BUFFER: '50', GATEWAY_SUBSCRIBE_LIMIT: 'off', GATEWAY_SUBSCRIBE_ACCOUNT_LIMIT: 'off' });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const screenWith = async (auth: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Screen> => {
    const screen: Screen = { socket: await gateway.connect(auth, headers), snapshots: [], changes: [] };
    open.push(screen.socket);
    screen.socket.on('snapshot', (snapshot) => screen.snapshots.push(snapshot));
    screen.socket.on('change', (change) => screen.changes.push(change));
    return screen;
  };
  const operatorScreen = async (lastSeq?: number): Promise<Screen> =>
    screenWith({ token: await gateway.tokenFor({}), ...(lastSeq === undefined ? {} : { lastSeq }) });
  const subscribe = ({ socket }: Screen, request: unknown): Promise<SubscribeAck> =>
    new Promise((resolve) => socket.emit('subscribe', request as SubscribeRequest, resolve));
  const refusalOf = async (screen: Screen): Promise<unknown> =>
    new Promise((resolve) => screen.socket.once('connect_error', (error) => resolve((error as Error & { data?: unknown }).data)));
  const alertIds = (snapshot: Snapshot | undefined) => snapshot?.alerts.map(({ alertId }) => alertId) ?? [];
  const shown = async (alertId: string): Promise<void> => {
    const screen = await operatorScreen();
    await eventually(async () => {
      await subscribe(screen, ALERTS);
      expect(alertIds(screen.snapshots.at(-1))).toContain(alertId);
    });
  };

  describe('sign-in', () => {
    it('is refused with a code: no token, a forged one, an expired one', async () => {
      expect(await refusalOf(await screenWith({}))).toMatchObject({ code: 'TOKEN_MISSING' });
      expect(await refusalOf(await screenWith({ token: 'a.b.c' }))).toMatchObject({ code: 'TOKEN_INVALID' });
      const expired = await gateway.tokenFor({}, 60, Date.now() - 120_000);
      expect(await refusalOf(await screenWith({ token: expired }))).toMatchObject({ code: 'TOKEN_EXPIRED' });
    });

    it('takes the cookie of our own page, and of no other', async () => {
      const { cookie } = await gateway.signIn('operator');
      const ours = await screenWith({}, { cookie, origin: await gateway.url() });
      expect(await subscribe(ours, ALERTS)).toMatchObject({ ok: true });
      expect(await refusalOf(await screenWith({}, { cookie, origin: 'http://evil.example' }))).toMatchObject({ code: 'TOKEN_MISSING' });
    });
  });

  describe('a subscription', () => {
    it.each<[string, unknown, object]>([
      ['an area outside the scope', { areas: ['440305', '440306'], topics: ['alert'] }, { code: 'AREA_OUT_OF_SCOPE', path: 'areas.1' }],
      ['everywhere, by one who is not', { areas: ['*'], topics: ['alert'] }, { code: 'AREA_OUT_OF_SCOPE', path: 'areas.0' }],
      ['an unknown topic', { areas: ['440305'], topics: ['gossip'] }, { code: 'VALIDATION_FAILED', path: 'topics.0' }],
      ['nothing', undefined, { code: 'VALIDATION_FAILED' }],
    ])('to %s is refused in the answer', async (_, request, refusal) => {
      expect(await subscribe(await operatorScreen(), request)).toMatchObject({ ok: false, ...refusal });
    });

    it('to a topic that the role has not is refused in the answer', async () => {
      const screen = await screenWith({ token: await gateway.tokenFor({ roles: ['grid-worker'] }) });
      expect(await subscribe(screen, { areas: ['440305'], topics: ['workload'] })).toMatchObject({ code: 'TOPIC_NOT_ALLOWED', path: 'topics.0' });
    });
  });

  it('shows what is open now, then each change with the next number', async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    await gateway.publish(TOPICS.alertingEvents, alertRaised(before), alertRaised(randomUUID(), '440306001001'));
    await shown(before);

    const screen = await operatorScreen();
    const answer = await subscribe(screen, ALERTS);
    await eventually(() => expect(screen.snapshots).toHaveLength(1));
    expect(answer).toEqual({ ok: true, seq: screen.snapshots[0]?.seq, resumed: false });
    expect(screen.snapshots[0]?.alerts.every(({ areaCode }) => areaCode.startsWith('440305'))).toBe(true);

    await gateway.publish(TOPICS.alertingEvents, alertRaised(after));
    await gateway.publish(TOPICS.alertingEvents, alertAcknowledged(before));
    await eventually(() => expect(screen.changes).toHaveLength(2));
    const seq = screen.snapshots[0]?.seq ?? 0;
    expect(screen.changes.map((change) => change.seq)).toEqual([seq + 1, seq + 2]);
    expect(new Set(screen.changes.map(({ type }) => type))).toEqual(new Set(['alert.raised.v1', 'alert.acknowledged.v1']));
    expect(screen.changes.find(({ type }) => type === 'alert.acknowledged.v1')?.data).toMatchObject({ alertId: before, state: 'ACTIVE_ACK' });
  });

  it('gives a screen that comes back exactly what it missed', async () => {
    const away = await operatorScreen();
    await subscribe(away, ALERTS);
    await eventually(() => expect(away.snapshots).toHaveLength(1));
    const lastSeq = away.snapshots[0]?.seq ?? 0;
    away.socket.disconnect();

    const missed: string[] = [randomUUID(), randomUUID(), randomUUID()];
    for (const alertId of missed) await gateway.publish(TOPICS.alertingEvents, alertRaised(alertId));
    await shown(missed[2] ?? '');
    await shown(missed[1] ?? '');
    await shown(missed[0] ?? '');

    const back = await operatorScreen(lastSeq);
    expect(await subscribe(back, ALERTS)).toMatchObject({ ok: true, resumed: true });
    await eventually(() => expect(back.changes).toHaveLength(3));
    expect(back.snapshots).toEqual([]);
    expect(back.changes.map(({ seq }) => seq)).toEqual([lastSeq + 1, lastSeq + 2, lastSeq + 3]);
    expect(new Set(back.changes.map(({ data }) => ('alertId' in data ? data.alertId : '')))).toEqual(new Set(missed));
  });

  it('gives a fresh snapshot to one that was away too long', async () => {
    const away = await operatorScreen();
    await subscribe(away, ALERTS);
    await eventually(() => expect(away.snapshots).toHaveLength(1));
    away.socket.disconnect();

    const missed: string[] = Array.from({ length: 120 }, () => randomUUID());
    await gateway.publish(TOPICS.alertingEvents, ...missed.map((alertId) => alertRaised(alertId)));
    for (const alertId of missed.slice(-8)) await shown(alertId);

    const back = await operatorScreen(away.snapshots[0]?.seq ?? 0);
    expect(await subscribe(back, ALERTS)).toMatchObject({ ok: true, resumed: false });
    await eventually(() => expect(alertIds(back.snapshots[0])).toEqual(expect.arrayContaining(missed)));
  });

  it('gives a fresh snapshot after a restart, with what happened meanwhile', async () => {
    const screen = await operatorScreen();
    await subscribe(screen, ALERTS);
    await eventually(() => expect(screen.snapshots).toHaveLength(1));
    await gateway.restart();

    const alertId = randomUUID();
    await gateway.publish(TOPICS.alertingEvents, alertRaised(alertId));
    await shown(alertId);
    const back = await operatorScreen(screen.snapshots[0]?.seq);
    expect(await subscribe(back, ALERTS)).toMatchObject({ ok: true, resumed: false });
    await eventually(() => expect(alertIds(back.snapshots[0])).toContain(alertId));
  });

  it('misses nothing and tells nothing twice while screens come during a stream of changes', async () => {
    const alerts: string[] = Array.from({ length: 60 }, () => randomUUID());
    const publishing = (async () => {
      for (const alertId of alerts) await gateway.publish(TOPICS.alertingEvents, alertRaised(alertId));
    })();
    const screens = await Promise.all(Array.from({ length: 8 }, () => operatorScreen()));
    for (const screen of screens) await subscribe(screen, ALERTS);
    await publishing;
    for (const screen of screens) {
      await eventually(() => {
        const seen = [...alertIds(screen.snapshots[0]), ...screen.changes.map(({ data }) => ('alertId' in data ? data.alertId : ''))];
        expect(seen.filter((id) => alerts.includes(id)).sort()).toEqual([...alerts].sort());
      });
      const first = (screen.snapshots[0]?.seq ?? 0) + 1;
      expect(screen.changes.map(({ seq }) => seq)).toEqual(screen.changes.map((_, index) => first + index));
    }
  });

  it('names the worker of a case', async () => {
    const [caseId, staffId] = [randomUUID(), randomUUID()];
    await gateway.publish(TOPICS.gridEvents, staffRegistered(staffId, '王小明'));
    await gateway.publish(TOPICS.caseEvents, ...caseDispatchedTo(caseId, staffId));
    const screen = await operatorScreen();
    await eventually(async () => {
      await subscribe(screen, { areas: ['440305'], topics: ['case'] });
      expect(screen.snapshots.at(-1)?.cases).toContainEqual(
        expect.objectContaining({ caseId, state: 'dispatched', assignee: { staffId, name: '王小明' }, revision: 2 }),
      );
    });
  });

  it('shows the newest workload, and not an older one that arrives late', async () => {
    const staffId = randomUUID();
    const screen = await operatorScreen();
    await subscribe(screen, { areas: ['440305'], topics: ['workload'] });
    await gateway.publishValue(TOPICS.workload, staffId, workload(staffId, 2, '2026-11-22T02:00:05.000Z'));
    await gateway.publishValue(TOPICS.workload, staffId, workload(staffId, 1, '2026-11-22T02:00:04.000Z'));
    await gateway.publishValue(TOPICS.workload, staffId, workload(staffId, 3, '2026-11-22T02:00:06.000Z'));
    await eventually(() => expect(screen.changes.map(({ data }) => ('openCases' in data ? data.openCases : -1))).toEqual([2, 3]));
  });

  it('makes a screen start over when a device moves out of what it follows', async () => {
    const deviceId = randomUUID();
    await gateway.publish(TOPICS.deviceEvents, deviceRegistered(deviceId, '440305001001'));
    const screen = await operatorScreen();
    const devices = () => screen.snapshots.at(-1)?.devices.map((device) => device.deviceId);
    await eventually(async () => {
      await subscribe(screen, { areas: ['440305001'], topics: ['device'] });
      expect(devices()).toContain(deviceId);
    });
    const snapshots = screen.snapshots.length;
    await gateway.publish(TOPICS.deviceEvents, deviceMoved(deviceId, '440305002001'));
    await eventually(() => expect(screen.snapshots).toHaveLength(snapshots + 1));
    expect(devices()).not.toContain(deviceId);
    // Where it went is none of this screen's business.
    expect(screen.changes.filter(({ data }) => 'areaCode' in data && data.areaCode === '440305002001')).toEqual([]);
  });

  it('shows readings as they come, the newest of each device, and when it was last seen', async () => {
    const screen = await operatorScreen();
    await subscribe(screen, { areas: ['440305'], topics: ['reading'] });
    const receivedAt = Date.now();
    const message = (ts: number) => ({
      messageId: randomUUID(),
      deviceId: DEVICE,
      kind: 'temperature',
      areaCode: '440305001001',
      receivedAt,
      correlationId: 'c',
      ownTime: true,
      resent: false,
      messageKey: 'k',
      readings: [{ ts, values: { temperature: ts } }],
    });
    await gateway.publishValue(TOPICS.readings, DEVICE, message(1));
    await gateway.publishValue(TOPICS.readings, DEVICE, message(2));
    await eventually(() => expect(screen.changes.at(-1)).toMatchObject({ topic: 'reading', data: { deviceId: DEVICE, ts: 2 } }));
  });
});
