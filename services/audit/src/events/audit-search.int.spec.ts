import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@brain/auth';
import type { NewEvent } from '@brain/event-store';
import { eventually } from '@brain/testing';
import type { AuditEvent } from '@brain/contracts';
import { AuditUnderTest } from '../audit-under-test.fixture.js';

const STREET = '440305001';
const COMMUNITY = '440305001001';
const AT = '2026-11-22T02:00:00.000Z';

const alertId = randomUUID();
const caseId = randomUUID();
const deviceId = randomUUID();
const staffId = randomUUID();
const account = randomUUID();

const event = (type: string, data: Record<string, unknown>, given: { areaCode?: string; actor?: NewEvent['metadata']['actor']; correlationId?: string } = {}): NewEvent => {
  const { areaCode = COMMUNITY, actor = { type: 'system', id: 'test' }, correlationId = 'correlation-1' } = given;
  return {
    eventId: randomUUID(),
    type,
    data,
    metadata: { source: type.split('.')[0] ?? '', time: AT, correlationId, causationId: 'cause-1', actor, areaCode },
  };
};

const raised = event('alerting.alert-raised.v1', { alertId, deviceId, ruleId: randomUUID(), title: '电梯机房过热', deviceName: 'Lift room 3' });
const reported = event('case-management.case-reported.v1', { caseId, number: '440305001001-20261122-0007', title: '电梯机房温度过高', description: '100% "hot"', source: { kind: 'alert', alertId } });
const dispatched = event('case-management.case-dispatched.v1', { caseId, assignee: staffId, reason: { rule: 'lowest-load', candidates: [{ staffId, load: 0.5 }] } });
const accepted = event('case-management.case-accepted.v1', { caseId, by: account, at: AT }, { actor: { type: 'user', id: account }, correlationId: 'correlation-2' });
const linked = event('alerting.alert-case-linked.v1', { alertId, caseId });
const registered = event('sensor-ingestion.device-registered.v1', { deviceId, name: '3号电梯', kind: 'temperature' }, { areaCode: `${COMMUNITY}001-02` });
const hired = event('grid-registry.staff-registered.v1', { staffId, name: '李敏', skills: ['lift'] }, { areaCode: '440306' });

describe('searching the record', () => {
  let audit: AuditUnderTest;
  const all: readonly (readonly [stream: string, event: NewEvent])[] = [
    [`device-${deviceId}`, registered],
    [`staff-${staffId}`, hired],
    [`alert-${alertId}`, raised],
    [`case-${caseId}`, reported],
    [`case-${caseId}`, accepted],
    [`case-${caseId}`, dispatched],
    [`alert-${alertId}`, linked],
  ];

  beforeAll(async () => {
    audit = await AuditUnderTest.start();
    for (const [streamId, one] of all) await audit.store.append([{ streamId, expectedRevision: 'any', events: [one] }]);
    await eventually(async () => expect((await page(`?${ofOthers}`)).items).toHaveLength(all.length));
  });
  afterAll(async () => {
    await audit.stop();
  });

  const page = async (query: string, actor: Partial<Actor> = {}) =>
    (await (await audit.ask(`/api/audit/events${query}`, actor)).json()) as { items: AuditEvent[]; nextCursor: string | null };
  const found = async (query: string, actor: Partial<Actor> = {}) => (await page(query, actor)).items.map(({ eventId }) => eventId);
  /** Reading the record is on the record too: where nothing else narrows a search, these types do. */
  const ofOthers = `type=${[...new Set(all.map(([, { type }]) => type))].join(',')}`;
  const idsOf = (...events: readonly NewEvent[]) => events.map(({ eventId }) => eventId);

  it.each<[string, readonly NewEvent[]]>([
    [`person=${staffId}`, [hired, dispatched]],
    [`person=${staffId},${account}`, [hired, accepted, dispatched]],
    ['person=test', [registered, hired, raised, reported, dispatched, linked]],
    [`case=${caseId}`, [reported, accepted, dispatched, linked]],
    [`case=${caseId.toUpperCase()}`, [reported, accepted, dispatched, linked]],
    ['case=440305001001-20261122-0007', [reported, accepted, dispatched, linked]],
    ['case=440305001001-20261122-0008', []],
    [`alert=${alertId}`, [raised, reported, linked]],
    [`device=${deviceId}`, [registered, raised]],
    ['correlation=correlation-2', [accepted]],
    ['type=alerting.alert-raised.v1,alerting.alert-case-linked.v1', [raised, linked]],
    [`area=${STREET}&type=sensor-ingestion.device-registered.v1`, [registered]],
    ['area=440306', [hired]],
    [`q=${encodeURIComponent('电梯')}`, [registered, raised, reported]],
    [`q=${encodeURIComponent('机房温度')}`, [reported]],
    [`q=${encodeURIComponent('梯')}`, [registered, raised, reported]],
    [`q=${encodeURIComponent('敏')}`, [hired]],
    [`q=${encodeURIComponent('房电')}`, []],
    ['q=LIFT', [hired, raised]],
    ['q=lif%20roo', [raised]],
    ['q=ift', []],
    [`q=${encodeURIComponent('100% "hot"')}`, [reported]],
    ['q=20261122-0007', [reported]],
    [`q=${encodeURIComponent('电梯')}&case=${caseId}`, [reported]],
    [`from=${AT}&to=${AT}`, []],
    [`from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59%2B14:00&case=${caseId}`, [reported, accepted, dispatched, linked]],
  ])('by %s', async (query, expected) => {
    expect(await found(`?${query}`)).toEqual(idsOf(...expected));
  });

  it('newest first reads the same backwards, page by page', async () => {
    const forwards = await found(`?${ofOthers}`);
    const first = await page(`?${ofOthers}&order=desc&limit=4`);
    const second = await page(`?${ofOthers}&order=desc&limit=4&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items].map(({ eventId }) => eventId)).toEqual([...forwards].reverse());
    expect(second.nextCursor).toBeNull();
  });

  it('is counted, within the areas of whoever asks', async () => {
    const count = async (query: string, actor: Partial<Actor> = {}) => (await audit.ask(`/api/audit/events/count${query}`, actor)).json();
    expect(await count(`?${ofOthers}`)).toEqual({ count: all.length, exact: true });
    expect(await count(`?case=${caseId}`)).toEqual({ count: 4, exact: true });
    expect(await count(`?${ofOthers}`, { areaCodes: ['440306'] })).toEqual({ count: 1, exact: true });
    expect(await count('?area=440306', { areaCodes: ['440305'] })).toMatchObject({ code: 'AREA_OUT_OF_SCOPE' });
  });

  it('never finds what lies outside the areas of whoever asks', async () => {
    expect(await found(`?person=${staffId}`, { areaCodes: ['440305'] })).toEqual(idsOf(dispatched));
    expect(await found(`?q=${encodeURIComponent('李敏')}`, { areaCodes: ['440305'] })).toEqual([]);
  });

  it('is exported as CSV, one line an event', async () => {
    const response = await audit.ask(`/api/audit/events?case=${caseId}`, {}, { accept: 'text/csv' });
    expect(response.headers.get('content-type')).toMatch('text/csv');
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(reported.eventId);
  });

  it('reads the many events of one person in order too', async () => {
    const busy = randomUUID();
    const many = Array.from({ length: 5_100 }, () => event('case-management.case-accepted.v1', { caseId, by: busy, at: AT }));
    for (let n = 0; n < many.length; n += 1_700) {
      await audit.store.append([{ streamId: 'case-busy', expectedRevision: 'any', events: many.slice(n, n + 1_700) }]);
    }
    await eventually(async () => expect(await (await audit.ask(`/api/audit/events/count?person=${busy}`, {})).json()).toEqual({ count: 5_100, exact: true }), { timeoutMs: 60_000 });
    const last = await page(`?person=${busy}&order=desc&limit=2`);
    expect(last.items.map(({ revision }) => revision)).toEqual([5_099, 5_098]);
    expect((await page(`?person=${busy}&order=desc&limit=1&cursor=${last.nextCursor ?? ''}`)).items.map(({ revision }) => revision)).toEqual([5_097]);
  });

  it.each([
    ['q=%20%25%20', 'q'],
    ['alert=7', 'alert'],
    ['order=sideways', 'order'],
    ['type=,', 'type'],
    ['from=0000-01-01T00:00:00Z', 'from'],
    ['to=9999-12-31T23:59:59-01:00', 'to'],
  ])('refuses %s', async (query, path) => {
    const response = await audit.ask(`/api/audit/events?${query}`, {});
    expect(await response.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ path }] });
  });
});
