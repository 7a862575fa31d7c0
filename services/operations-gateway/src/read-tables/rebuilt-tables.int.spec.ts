import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED, TOPICS, type PastRoom, type StoredEvent } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { GatewayUnderTest } from '../gateway-under-test.fixture.js';
import { alertAcknowledged, alertRaised, caseDispatchedTo, deviceMoved, deviceRegistered, staffRegistered, stored } from '../live/live-events.fixture.js';

const at = '2026-11-22T03:00:00.000Z';
const erased = (caseId: string, revision: number): StoredEvent => stored('case-management.case-erased.v1', `case-${caseId}`, revision, { caseId, at });

describe('the screens’ tables, made again from the events', () => {
  const [erasedLater, erasedAtOnce, kept, staffId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    gateway = await GatewayUnderTest.start();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  const room = async (): Promise<PastRoom> => {
    const headers = { authorization: `Bearer ${await gateway.tokenFor({})}` };
    return (await gateway.request(`/api/audit/room?at=${new Date().toISOString()}`, { headers })).body as unknown as PastRoom;
  };
  const courseOf = async () => new Map((await room()).cases.map(({ caseId, title, revision, assignee }) => [caseId, [title, revision, assignee?.name]]));
  const forget = async (subject: string): Promise<void> => {
    await gateway.personKeys.destroy(subject, (await gateway.personKeys.keyIdOf(subject)) ?? '');
  };
  const differing = async () => (await gateway.rebuilt()).filter(({ identical }) => !identical).map(({ table }) => table);

  it('are the same, digest for digest, with all earlier states', async () => {
    const [alertId, deviceId] = [randomUUID(), randomUUID()];
    await gateway.record(TOPICS.gridEvents, staffRegistered(staffId, '王小明'));
    await gateway.record(TOPICS.deviceEvents, deviceRegistered(deviceId), deviceMoved(deviceId, '440305002001'));
    await gateway.record(TOPICS.alertingEvents, alertRaised(alertId), alertAcknowledged(alertId));
    for (const caseId of [erasedLater, kept]) await gateway.record(TOPICS.caseEvents, ...caseDispatchedTo(caseId, staffId));
    await eventually(async () => {
      const { devices, alerts } = await room();
      expect([devices[0]?.areaCode, alerts[0]?.state]).toEqual(['440305002001', 'ACTIVE_ACK']);
      expect([...(await courseOf()).values()]).toEqual([['电梯机房过热', 2, '王小明'], ['电梯机房过热', 2, '王小明']]);
    });
    const compared = await gateway.rebuilt();
    expect(compared.filter(({ identical }) => !identical)).toEqual([]);
    expect(Object.fromEntries(compared.map(({ table, rows }) => [table, rows]))).toEqual({
      alert_now: 1, alert_now_past: 1, case_now: 2, case_now_past: 4, device_now: 1, device_now_past: 1, staff_name: 1, staff_name_past: 0, staff_register: 1,
    });
  });

  it('are the same after a case’s person was erased, the earlier states included', async () => {
    await forget(`case:${erasedLater}`);
    await gateway.record(TOPICS.caseEvents, erased(erasedLater, 3));
    await eventually(async () => expect((await courseOf()).get(erasedLater)).toEqual([ERASED, 3, '王小明']));
    expect((await courseOf()).get(kept)?.[0]).toBe('电梯机房过热');
    expect(await differing()).toEqual([]);
  });

  it('are the same when the whole course, its erasure and what followed came at once', async () => {
    const later = stored('case-management.case-became-overdue.v1', `case-${erasedAtOnce}`, 4, { caseId: erasedAtOnce, dueAt: at, at });
    await gateway.record(TOPICS.caseEvents, ...caseDispatchedTo(erasedAtOnce, staffId), erased(erasedAtOnce, 3), later);
    await eventually(async () => expect((await courseOf()).get(erasedAtOnce)).toEqual([ERASED, 4, '王小明']));
    await forget(`case:${erasedAtOnce}`);
    expect(await differing()).toEqual([]);
  });

  it('are the same after the assignee was erased', async () => {
    await forget(`person:${staffId}`);
    await gateway.record(TOPICS.gridEvents, stored('grid-registry.staff-erased.v1', `staff-${staffId}`, 1, { staffId, at }));
    await eventually(async () => expect((await courseOf()).get(kept)).toEqual(['电梯机房过热', 2, ERASED]));
    expect(await differing()).toEqual([]);
  });
});
