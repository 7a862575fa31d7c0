import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED, TOPICS, type PastChange, type PastRoom, type StoredEvent } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest } from '../gateway-under-test.fixture.js';
import { alertAcknowledged, alertRaised, caseDispatchedTo, deviceRegistered, staffRegistered, stored, workload } from '../live/live-events.fixture.js';

const minute = (time: string) => `2026-11-21T${time}:00.000Z`;
const when = (event: StoredEvent, recorded: string, occurred = recorded): StoredEvent => ({
  ...event,
  recordedAt: minute(recorded),
  metadata: { ...event.metadata, time: minute(occurred) },
});

describe('the control room at an earlier moment', () => {
  const [alertId, caseId, deviceId, staffId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  let gateway: GatewayUnderTest;
  let cases: Server;
  let asked: IncomingMessage[];

  beforeAll(async () => {
    asked = [];
    cases = createServer((request, response) => {
      asked.push(request);
      const isSecond = request.url?.includes('cursor=') === true;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ items: [workload(staffId, isSecond ? 2 : 1)], nextCursor: isSecond ? null : 'more' }));
    }).listen(0, '127.0.0.1');
    await once(cases, 'listening');
    gateway = await GatewayUnderTest.start({ GATEWAY_UPSTREAM_CASES: `http://127.0.0.1:${String((cases.address() as AddressInfo).port)}` });

    await gateway.publish(TOPICS.gridEvents, when(staffRegistered(staffId, '王小明'), '08:00'));
    await gateway.publish(TOPICS.deviceEvents, when(deviceRegistered(deviceId), '08:00'));
    // The reading that raised it was an hour late.
    await gateway.publish(TOPICS.alertingEvents, when(alertRaised(alertId), '10:00', '09:00'), when(alertAcknowledged(alertId), '10:30'));
    const [reported, accepted, dispatched] = caseDispatchedTo(caseId, staffId) as [StoredEvent, StoredEvent, StoredEvent];
    await gateway.publish(TOPICS.caseEvents, when(reported, '10:10'), when(accepted, '10:20'), when(dispatched, '10:30'));
    await gateway.publish(TOPICS.alertingEvents, when(stored('alerting.alert-cleared.v1', `alert-${alertId}`, 2, {
      alertId, clearedAt: minute('11:00'), occurrences: 1, reading: null, reason: null,
    }), '11:00'));
    await eventually(async () => {
      const now = await room(new Date().toISOString());
      const { items } = await changes(`from=${minute('08:00')}&to=${minute('11:00')}`);
      expect(items.at(-1)?.type).toBe('alert.cleared.v1');
      expect([now.alerts.length, now.cases[0]?.state, now.cases[0]?.assignee?.name, now.devices.length]).toEqual([0, 'dispatched', '王小明', 1]);
    });
  });
  afterAll(async () => {
    await gateway.stop();
    cases.closeAllConnections();
    cases.close();
  });

  const ask = async (path: string, roles: readonly ['operator' | 'evaluator' | 'grid-worker'] = ['operator'], areaCodes = ['440305']) =>
    gateway.request(`/api/audit/room${path}`, { headers: { authorization: `Bearer ${await gateway.tokenFor({ roles, areaCodes })}` } });
  const room = async (at: string, more = '') => (await ask(`?at=${at}${more}`)).body as unknown as PastRoom;
  const changes = async (query: string, ...who: readonly [] | [readonly ['evaluator']]) => (await ask(`/changes?${query}`, ...who)).body as unknown as { items: PastChange[]; nextCursor: string | null };
  const shown = ({ alerts, cases: open, devices }: PastRoom) => [alerts.map(({ state }) => state), open.map(({ state }) => state), devices.length];

  it('shows what the screens showed, at and between the steps', async () => {
    expect(shown(await room(minute('07:59')))).toEqual([[], [], 0]);
    expect(shown(await room(minute('09:00')))).toEqual([[], [], 1]);
    expect(shown(await room(minute('10:00')))).toEqual([['ACTIVE_UNACK'], [], 1]);
    expect(shown(await room(minute('10:29')))).toEqual([['ACTIVE_UNACK'], ['accepted'], 1]);
    expect(shown(await room(minute('10:30')))).toEqual([['ACTIVE_ACK'], ['dispatched'], 1]);
    expect(shown(await room(minute('11:00')))).toEqual([[], ['dispatched'], 1]);
    expect(await room(minute('10:30'))).toMatchObject({ at: minute('10:30'), as: 'recorded', cases: [{ assignee: { staffId, name: '王小明' } }] });
  });

  it('shows an alert from the time of its late reading, when it is asked how things were', async () => {
    expect(shown(await room(minute('09:00'), '&as=occurred'))).toEqual([['ACTIVE_UNACK'], [], 1]);
    expect(shown(await room(minute('08:59'), '&as=occurred'))).toEqual([[], [], 1]);
  });

  it('has the workload of then, asked for with the rights of the caller, all pages of it', async () => {
    asked.length = 0;
    expect((await room(minute('10:00'))).workload.map(({ openCases }) => openCases)).toEqual([1, 2]);
    expect(asked.map(({ url }) => url)).toEqual([
      '/api/staff/workload?at=2026-11-21T10%3A00%3A00.000Z&as=recorded&limit=500',
      '/api/staff/workload?at=2026-11-21T10%3A00%3A00.000Z&as=recorded&limit=500&cursor=more',
    ]);
    expect(asked[0]?.headers.authorization).toMatch(/^Bearer /);
  });

  it('tells what changed, in order, in pages, and nothing of what was before', async () => {
    const all = await changes(`from=${minute('08:00')}&to=${minute('11:00')}`);
    expect(all.items.map(({ at, type }) => [at.slice(11, 16), type])).toEqual([
      ['10:00', 'alert.raised.v1'],
      ['10:10', 'case.reported.v1'],
      ['10:20', 'case.accepted.v1'],
      ['10:30', 'alert.acknowledged.v1'],
      ['10:30', 'case.dispatched.v1'],
      ['11:00', 'alert.cleared.v1'],
    ]);
    expect(all.items[4]?.data).toMatchObject({ state: 'dispatched', assignee: { staffId, name: '王小明' } });
    const paged: PastChange[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: Awaited<ReturnType<typeof changes>> = await changes(`from=${minute('08:00')}&to=${minute('11:00')}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...next.items);
      cursor = next.nextCursor;
    }
    expect(paged).toEqual(all.items);
    const occurred = await changes(`from=${minute('08:30')}&to=${minute('09:30')}&as=occurred`);
    expect(occurred.items).toMatchObject([{ at: minute('09:00'), type: 'alert.raised.v1' }]);
  });

  it('shows each role and area what the live screens would', async () => {
    const evaluator = (await ask(`?at=${minute('10:30')}`, ['evaluator'])).body as unknown as PastRoom;
    expect([evaluator.devices, evaluator.cases.length]).toEqual([[], 1]);
    expect((await changes(`from=${minute('07:00')}&to=${minute('09:00')}`, ['evaluator'])).items).toEqual([]);
    expect(shown((await ask(`?at=${minute('10:30')}`, ['operator'], ['440306'])).body as unknown as PastRoom)).toEqual([[], [], 0]);
    expect(await ask(`?at=${minute('10:30')}`, ['grid-worker'])).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect((await gateway.request(`/api/audit/room?at=${minute('10:30')}`)).status).toBe(401);
  });

  it.each([
    ['', 'AT_INVALID', 'at'],
    ['?at=2999-01-01T00:00:00Z', 'AT_IN_FUTURE', 'at'],
    [`/changes?from=${minute('10:00')}&to=2999-01-01T00:00:00Z`, 'VALIDATION_FAILED', 'to'],
    [`/changes?from=${minute('10:00')}&to=${minute('09:00')}`, 'VALIDATION_FAILED', 'to'],
    [`/changes?from=${minute('10:00')}&to=${minute('11:00')}&at=${minute('11:00')}`, 'AT_NOT_SUPPORTED', 'at'],
    [`/changes?from=${minute('10:00')}&to=${minute('11:00')}&cursor=x`, 'CURSOR_INVALID', 'cursor'],
  ])('refuses %s', async (path, code, field) => {
    expect((await ask(path)).body).toMatchObject({ code, errors: [{ path: field }] });
  });

  it('is on the record as a reading of personal data', async () => {
    await room(minute('10:31'));
    await eventually(async () => {
      const records = await gateway.recorded('personal-data-read');
      expect(records.map(({ data }) => data['kind'])).toContain('room');
    });
  });

  it('shows as erased whoever was erased since', async () => {
    const at = new Date().toISOString();
    await gateway.publish(TOPICS.gridEvents, stored('grid-registry.staff-erased.v1', `staff-${staffId}`, 1, { staffId, at }));
    await gateway.publish(TOPICS.caseEvents, stored('case-management.case-erased.v1', `case-${caseId}`, 3, { caseId, at }));
    await eventually(async () => {
      expect((await room(minute('10:30'))).cases).toMatchObject([{ title: ERASED, assignee: { name: ERASED } }]);
      expect((await room(minute('10:10'))).cases).toMatchObject([{ title: ERASED, state: 'reported' }]);
    });
    expect(JSON.stringify((await changes(`from=${minute('08:00')}&to=${minute('11:00')}`)).items.filter(({ topic }) => topic === 'case'))).not.toMatch(/电梯|王小明/);
  });
});
