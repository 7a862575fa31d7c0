import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TOPICS, caseReportedV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { eventually } from '@brain/testing';
import {
  AREA,
  at,
  DEVICE,
  ELSEWHERE,
  FAR_STAFF,
  hotRule,
  message,
  person,
  STAFF,
  startAlerting,
  storedEvent,
  type AlertingUnderTest,
} from '../alerting-service.fixture.js';
import { RulesInForce } from '../rules/rules-in-force.js';

const admin = person('ada', 'administrator');
const olga = person('olga', 'operator');
const bo = person('bo', 'operator');
const stranger = person('sten', 'operator', ELSEWHERE);
let alerting: AlertingUnderTest;
let second = 0;
let path: string;
let alertId: string;
let ruleId: string;

beforeAll(async () => {
  alerting = await startAlerting();
  await alerting.furnish();
  const { body } = await alerting.call(admin, 'POST', '/api/rules', hotRule);
  ruleId = String(body['ruleId']);
  await eventually(() => expect(alerting.app().get(RulesInForce).rulesFor(message())).toHaveLength(1));
});
afterAll(() => alerting.stop());

beforeEach(async () => {
  await publish(20, 65);
  alertId = await newestActive();
  path = `/api/alerts/${alertId}`;
});

const publish = (...temperatures: readonly number[]) =>
  alerting.publishReadings(message(...temperatures.map((temperature) => at((second += 1), { temperature }))));
const list = async (query = '') => (await alerting.call(olga, 'GET', `/api/alerts${query}`)).body.items ?? [];
const newestActive = () =>
  eventually(async () => {
    const [alert] = await list('?state=ACTIVE_UNACK');
    expect(alert).toMatchObject({ raisedAt: new Date(at(second, {}).ts).toISOString() });
    return String(alert?.['alertId']);
  });

describe('an alert', () => {
  it('is acknowledged once, by one person', async () => {
    const first = await alerting.call(olga, 'POST', `${path}/acknowledge`, {});
    expect(first).toMatchObject({ status: 200, etag: '"1"', body: { state: 'ACTIVE_ACK', acknowledgedBy: 'olga' } });
    expect(await alerting.call(olga, 'POST', `${path}/acknowledge`, {})).toMatchObject({ status: 200, etag: '"1"' });
    const refused = await alerting.call(bo, 'POST', `${path}/acknowledge`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'ALERT_ALREADY_ACKNOWLEDGED', detail: expect.stringContaining('olga') } });
  });

  it('keeps its history with who, when and why', async () => {
    await alerting.call(olga, 'POST', `${path}/comment`, { text: 'called the owner' }, { 'idempotency-key': 'one' });
    await alerting.call(olga, 'POST', `${path}/comment`, { text: 'called the owner' }, { 'idempotency-key': 'one' });
    await eventually(async () => expect(await alerting.call(olga, 'POST', `${path}/assign`, { assigneeId: STAFF })).toMatchObject({ status: 200 }));
    const { body, etag } = await alerting.call(person('eve', 'auditor'), 'GET', path);
    expect(etag).toBe('"2"');
    expect(body).toMatchObject({
      assigneeId: STAFF,
      history: [
        { type: 'alerting.alert-raised.v1', actor: { type: 'system', id: `rule:${ruleId}` }, correlationId: 'correlation-1' },
        { type: 'alerting.alert-commented.v1', actor: { type: 'user', id: 'olga' }, data: { text: 'called the owner' } },
        { type: 'alerting.alert-assigned.v1', actor: { type: 'user', id: 'olga' } },
      ],
    });
  });

  it('is assigned to a person of the register who works in its area, and to nobody else', async () => {
    const assign = (assigneeId: string, who = olga) => alerting.call(who, 'POST', `${path}/assign`, { assigneeId });
    const wide = person('wide', 'operator', '440305', '440306');
    const refused = (code: string) => ({ status: 422, body: { code, errors: [{ path: 'assigneeId' }] } });
    await eventually(async () => expect(await assign(FAR_STAFF, wide)).toMatchObject(refused('STAFF_NOT_RESPONSIBLE')));
    expect(await assign(DEVICE)).toMatchObject(refused('STAFF_UNKNOWN'));
    // Who works outside the areas of the operator is nobody to them, word by word.
    expect(await assign(FAR_STAFF)).toEqual(await assign(DEVICE));
    expect(await assign('bo')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED', errors: [{ path: 'assigneeId' }] } });
    expect((await alerting.call(olga, 'GET', path)).body).toMatchObject({ assigneeId: null, revision: 0 });
  });

  it('cleared by a person is raised anew when the condition is still there', async () => {
    const cleared = await alerting.call(olga, 'POST', `${path}/clear`, { reason: 'sensor was being tested' });
    expect(cleared).toMatchObject({ status: 200, body: { state: 'CLEARED_UNACK' } });
    await eventually(async () => {
      await publish(66);
      expect(await newestActive()).not.toBe(alertId);
    });
  });

  it('gets to know the case it opened', async () => {
    const caseId = randomUUID();
    const reported = createEventCodec([caseReportedV1]).encode({
      type: 'CaseReported',
      data: {
        caseId,
        number: '20260301-0001',
        category: '01076',
        title: 'lift room',
        description: '',
        areaCode: AREA,
        location: null,
        severity: 'CRITICAL',
        source: { kind: 'alert', alertId },
        reportedBy: 'system',
        openedAt: '2026-03-01T10:00:00.000Z',
        dueAt: '2026-03-01T12:00:00.000Z',
        settingsVersion: '1',
      },
    });
    await alerting.publishEvent(TOPICS.caseEvents, storedEvent(`case-${caseId}`, 'case-management', reported));
    await eventually(async () => expect((await alerting.call(olga, 'GET', path)).body).toMatchObject({ caseId }));
  });

  it('is refused with the code to the wrong role, outside the area, with a stale revision, or not there', async () => {
    const acknowledge = (who: typeof olga, headers = {}) => alerting.call(who, 'POST', `${path}/acknowledge`, {}, headers);
    expect(await acknowledge(person('eve', 'auditor'))).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await acknowledge(person('val', 'evaluator'))).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await acknowledge(olga, { 'if-match': '"7"' })).toMatchObject({ status: 412, body: { code: 'REVISION_STALE' } });
    expect(await alerting.call(olga, 'POST', `/api/alerts/${DEVICE}/acknowledge`, {})).toMatchObject({ status: 404 });
    expect(await alerting.call(olga, 'POST', `${path}/clear`, {})).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', errors: [{ path: 'reason' }] },
    });
    expect((await alerting.call(olga, 'GET', path)).etag).toBe('"0"');
  });
});

describe('an alert outside the areas of the caller', () => {
  const bodies = { acknowledge: {}, clear: { reason: 'r' }, comment: { text: 't' }, assign: { assigneeId: STAFF } };
  const asked = async (where: string) => [
    await alerting.call(stranger, 'GET', where),
    ...(await Promise.all(Object.entries(bodies).map(([command, body]) => alerting.call(stranger, 'POST', `${where}/${command}`, body)))),
  ];

  it('is answered as one that does not exist, to every question and command', async () => {
    const unknown = await asked(`/api/alerts/${DEVICE}`);
    for (const answer of unknown) expect(answer).toMatchObject({ status: 404, body: { code: 'ALERT_UNKNOWN' } });
    expect(await asked(path)).toEqual(unknown);
  });
});

describe('the list of alerts', () => {
  it('gives pages, newest first, without a gap or a repeat', async () => {
    const all = await list('?limit=500');
    const paged: unknown[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await alerting.call(olga, 'GET', `/api/alerts?limit=2${cursor}`);
      paged.push(...(body.items ?? []));
      if (typeof body['nextCursor'] !== 'string') break;
      cursor = `&cursor=${body['nextCursor']}`;
    }
    expect(all.length).toBeGreaterThan(2);
    expect(paged).toEqual(all);
  });

  it('is filtered', async () => {
    const [newest] = await list();
    const from = String(newest?.['raisedAt']);
    expect(await list(`?from=${from}&state=ACTIVE_UNACK,ACTIVE_ACK&severity=CRITICAL&q=LIFT&deviceId=${DEVICE}&ruleId=${ruleId}`)).toEqual([newest]);
    expect(await list('?severity=MINOR')).toEqual([]);
    expect(await list('?q=nothing%25like%20this')).toEqual([]);
    expect(await list(`?to=${from}`)).not.toContainEqual(newest);
  });

  it('shows nobody alerts of another area', async () => {
    expect((await alerting.call(stranger, 'GET', '/api/alerts')).body.items).toEqual([]);
    const asked = await alerting.call(stranger, 'GET', `/api/alerts?areaCode=${AREA}`);
    expect(asked).toMatchObject({ status: 403, body: { code: 'AREA_OUT_OF_SCOPE' } });
  });

  it('refuses filters that make no sense', async () => {
    expect(await alerting.call(olga, 'GET', '/api/alerts?state=LOUD')).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    for (const cursor of ['made-up', Buffer.from('["yesterday","x"]').toString('base64url')]) {
      expect(await alerting.call(olga, 'GET', `/api/alerts?cursor=${cursor}`)).toMatchObject({ status: 422, body: { code: 'CURSOR_INVALID' } });
    }
  });
});

describe('the end of a rule', () => {
  it('clears its alerts, since no reading will', async () => {
    await alerting.call(admin, 'DELETE', `/api/rules/${ruleId}`);
    await eventually(async () => expect((await alerting.call(olga, 'GET', path)).body).toMatchObject({ state: 'CLEARED_UNACK' }));
  });
});
