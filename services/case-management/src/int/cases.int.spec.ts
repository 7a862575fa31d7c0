import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { CASE_COMMANDS, type HistoryEntry, type CaseView, type StaffWorkload, type StoredEvent } from '@brain/contracts';
import { EVENT_STORE, rebuildReadTables, START_POSITION, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import { caseListProjection } from '../cases/case-list.projection.js';
import { readTables } from '../replay.js';
import { person, RunningService } from './running-service.fixture.js';

const grid = '440305001001001';
const report = { category: '01076', title: 'lift stands still', areaCode: grid };
const operator = person('op-1', 'operator', '440305');
const secondOperator = person('op-2', 'operator', '440305');
const stranger = person('op-3', 'operator', '440306');
const auditor = person('aud', 'auditor', '440305');

type WholeCase = CaseView & { history: readonly HistoryEntry[] };
type List<Item> = { items: readonly Item[]; nextCursor: string | null; formula?: unknown };

describe('cases over HTTP', () => {
  let service: RunningService;
  let ana: string;
  beforeAll(async () => {
    service = await RunningService.start();
    await service.registerArea(grid);
    ana = await service.registerWorker('Ana', grid);
    await eventually(async () => {
      const { body } = await service.call<List<StaffWorkload>>(operator, 'GET', '/api/staff/workload');
      expect(body.items.map(({ availability }) => availability)).toEqual(['on-duty']);
    });
    await eventually(async () => expect((await open()).status).toBe(201));
  });
  afterAll(() => service.stop());

  const open = (headers: Record<string, string> = {}, body: object = report) =>
    service.call<CaseView>(operator, 'POST', '/api/cases', { headers, body });
  const step = (caseId: string, name: string, body: object = {}, actor = operator, headers: Record<string, string> = {}) =>
    service.call<CaseView>(actor, 'POST', `/api/cases/${caseId}/${name}`, { body, headers });
  const read = (caseId: string, actor = operator) => service.call<WholeCase>(actor, 'GET', `/api/cases/${caseId}`);
  const opened = async () => (await open()).body.caseId;
  const dispatched = async () => {
    const caseId = await opened();
    await step(caseId, 'accept');
    expect((await step(caseId, 'dispatch', { assignee: ana })).body.assignee).toEqual({ staffId: ana, name: 'Ana' });
    return caseId;
  };

  it('goes from report to closing, and the history tells who and when', async () => {
    const { body, etag } = await open();
    expect(body).toMatchObject({ state: 'reported', overdue: false, revision: 0, source: { kind: 'patrol' } });
    expect(body.number).toMatch(/^440305-\d{8}-\d{4}$/);
    expect(etag).toBe('"0"');
    await step(body.caseId, 'accept');
    const byRule = await step(body.caseId, 'dispatch');
    expect(byRule.body).toMatchObject({ state: 'dispatched', assignee: { staffId: ana } });
    const worker = person('acc-ana', 'grid-worker', grid, ana);
    await step(body.caseId, 'start', {}, worker);
    await step(body.caseId, 'complete', { result: 'reset' }, worker);
    await step(body.caseId, 'verify');
    expect((await step(body.caseId, 'close')).body).toMatchObject({ state: 'closed', revision: 6, overdue: false });
    expect((await step(body.caseId, 'rate', { satisfaction: 5 })).status).toBe(200);
    const { history } = (await read(body.caseId)).body;
    expect(history.map(({ type }) => type.split('.')[1])).toEqual([
      'case-reported',
      'case-accepted',
      'case-dispatched',
      'case-started',
      'case-completed',
      'case-verified',
      'case-closed',
      'case-rated',
    ]);
    expect(history[3]).toMatchObject({ actor: { type: 'user', id: 'acc-ana' }, revision: 3 });
  });

  it('gives a case in progress to another person, whose work it is from then on', async () => {
    const ben = await service.registerWorker('Ben', grid);
    const caseId = await dispatched();
    await step(caseId, 'start', {}, person('acc-ana', 'grid-worker', grid, ana));
    const reassigned = await eventually(async () => {
      const answer = await step(caseId, 'reassign', { assignee: ben, reason: 'Ana is ill' });
      expect(answer).toMatchObject({ status: 200, body: { state: 'dispatched', assignee: { staffId: ben, name: 'Ben' } } });
      return answer.body;
    });
    expect((await step(caseId, 'start', {}, person('acc-ana', 'grid-worker', grid, ana))).status).not.toBe(200);
    expect((await step(caseId, 'start', {}, person('acc-ben', 'grid-worker', grid, ben))).body.state).toBe('in-progress');
    const { history } = (await read(caseId)).body;
    expect(history[reassigned.revision]).toMatchObject({
      type: 'case-management.case-reassigned.v1',
      data: { previousAssignee: ana, assignee: ben, reason: 'Ana is ill' },
    });
  });

  it('refuses a stale If-Match with the current revision and changes nothing', async () => {
    const caseId = await opened();
    await step(caseId, 'accept', {}, operator, { 'if-match': '"0"' });
    const stale = await step(caseId, 'dispatch', {}, operator, { 'if-match': '"0"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'REVISION_STALE' } });
    expect(stale.body.detail).toContain('1');
    expect((await read(caseId)).body).toMatchObject({ state: 'accepted', revision: 1 });
  });

  it('opens one case for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = [await open(headers), await open(headers)];
    expect(second.body).toEqual(first.body);
    const other = await open(headers, { ...report, title: 'something else' });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('takes what another system reports twice once, also at the same moment, and finds it by its reference there', async () => {
    const reference = randomUUID();
    const foreign = { ...report, source: { kind: 'hotline', system: 'city-311', reference } };
    const answers = await Promise.all([open({}, foreign), open({}, foreign), open({ 'idempotency-key': randomUUID() }, foreign)]);
    expect(new Set(answers.map(({ body }) => body.caseId)).size).toBe(1);
    const again = await open({}, { ...foreign, title: 'told otherwise' });
    expect(again).toMatchObject({ status: 200, body: { caseId: answers[0].body.caseId, title: report.title, source: foreign.source } });
    expect((await read(again.body.caseId)).body.history).toHaveLength(1);
    expect((await open({}, { ...foreign, source: { ...foreign.source, reference: randomUUID() } })).status).toBe(201);
    expect((await open({}, { ...report, source: { kind: 'hotline', system: 'city-311' } })).status).toBe(400);
    await eventually(async () => {
      const found = await service.call<List<CaseView>>(operator, 'GET', `/api/cases?q=${reference}`);
      expect(found.body.items.map(({ caseId }) => caseId)).toEqual([again.body.caseId]);
    });
  });

  it('takes a command sent twice with one Idempotency-Key once, the choice of the rule included', async () => {
    const caseId = await opened();
    await step(caseId, 'accept');
    const headers = { 'idempotency-key': randomUUID() };
    const first = await step(caseId, 'dispatch', {}, operator, headers);
    await dispatched(); // the load differs now
    const second = await step(caseId, 'dispatch', {}, operator, headers);
    expect(second).toMatchObject({ status: 200, body: { revision: first.body.revision } });
    expect((await read(caseId)).body.history).toHaveLength(3);
  });

  it('lets one of two operators win and tells the other what changed', async () => {
    const caseId = await opened();
    const answers = await Promise.all([step(caseId, 'accept'), step(caseId, 'accept', {}, secondOperator)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409);
    expect(loser?.body.code).toBe('CASE_STATE_WRONG');
    expect(loser?.body.detail).toMatch(/is accepted: accepted by op-[12] at .*possible now: dispatch/);
  });

  it('answers a case outside the areas of the caller as one that does not exist, to every question and command', async () => {
    const caseId = await dispatched();
    await service.registerArea('440306001001001');
    const far = { ...report, areaCode: '440306001001001' };
    const own = await eventually(async () => {
      const { status, body } = await service.call<CaseView>(stranger, 'POST', '/api/cases', { body: far });
      expect(status).toBe(201);
      return body.caseId;
    });
    const merge = (intoCaseId: string) => step(own, 'merge', { intoCaseId }, stranger);
    const strangers = [stranger, person('acc-far', 'grid-worker', '440306', randomUUID())];
    const asked = async (id: string) => {
      const answers = [];
      for (const who of strangers) {
        answers.push(await read(id, who));
        for (const command of CASE_COMMANDS) answers.push(await step(id, command, {}, who));
      }
      return answers;
    };
    const unknown = await asked(randomUUID());
    expect(new Set(unknown.map(({ status, body }) => `${String(status)} ${String(body.code)}`))).toEqual(new Set(['404 CASE_UNKNOWN', '403 ROLE_NOT_ALLOWED']));
    expect(await asked(caseId)).toEqual(unknown);
    expect(await merge(caseId)).toEqual(await merge(randomUUID()));
    // The record keeps the truth. It is read once no older transaction of the server is open any more, whosever it is.
    await eventually(async () => {
      const refused: StoredEvent[] = [];
      const types = ['case-management.command-refused.v1'];
      for await (const event of service.app.get<EventStore>(EVENT_STORE).readAll({ after: START_POSITION, types })) refused.push(event);
      const command = 'POST /api/cases/:caseId/accept';
      const first = refused.find(({ data }) => data.target === caseId && data.command === command);
      expect(first?.data).toMatchObject({ code: 'AREA_OUT_OF_SCOPE', status: 403, areaCode: grid });
    });
  });

  it('refuses wrong role and somebody else’s case', async () => {
    const caseId = await dispatched();
    const worker = person('acc-ben', 'grid-worker', grid, randomUUID());
    expect(await step(caseId, 'start', {}, worker)).toMatchObject({ status: 403, body: { code: 'CASE_NOT_YOURS' } });
    expect(await step(caseId, 'verify', {}, worker)).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await step(caseId, 'start', {}, auditor)).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect((await read(caseId, auditor)).status).toBe(200);
    expect((await read(caseId)).body.revision).toBe(2);
  });

  it.each([
    ['CATEGORY_UNKNOWN', 'category', 422, { ...report, category: '99999' }],
    ['AREA_UNKNOWN', 'areaCode', 422, { ...report, areaCode: '440305009' }],
    ['VALIDATION_FAILED', 'title', 400, { ...report, title: ' ' }],
    ['VALIDATION_FAILED', 'location.lat', 400, { ...report, location: { lng: 1, lat: 91 } }],
  ])('refuses to open with %s at %s', async (code, path, status, body) => {
    const answer = await open({}, body);
    expect(answer).toMatchObject({ status, body: { code, errors: [{ path }] } });
  });

  it('refuses unknown cases, commands and fields', async () => {
    expect(await read(randomUUID())).toMatchObject({ status: 404, body: { code: 'CASE_UNKNOWN' } });
    expect(await read('42')).toMatchObject({ status: 404, body: { code: 'CASE_UNKNOWN' } });
    const caseId = await opened();
    expect(await step(caseId, 'explode')).toMatchObject({ status: 404, body: { code: 'COMMAND_UNKNOWN' } });
    expect(await step(caseId, 'accept', { quickly: true })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    const merged = await step(caseId, 'merge', { intoCaseId: randomUUID() });
    expect(merged).toMatchObject({ status: 422, body: { code: 'CASE_UNKNOWN', errors: [{ path: 'intoCaseId' }] } });
  });

  it('lists newest first, page by page, within what the person may see', async () => {
    const newest = await opened();
    const worker = person('acc-ana', 'grid-worker', '440306', ana);
    const mine = await dispatched();
    await eventually(async () => {
      const first = await service.call<List<CaseView>>(operator, 'GET', '/api/cases?limit=2');
      expect(first.body.items.map(({ caseId }) => caseId)).toEqual([mine, newest]);
      const next = await service.call<List<CaseView>>(operator, 'GET', `/api/cases?limit=1&cursor=${String(first.body.nextCursor)}`);
      expect(next.body.items[0]?.caseId).not.toBe(newest);
      const own = await service.call<List<CaseView>>(worker, 'GET', '/api/cases?state=dispatched');
      expect(own.body.items.map(({ caseId }) => caseId)).toContain(mine);
      expect(own.body.items.every(({ assignee }) => assignee?.staffId === ana)).toBe(true);
    });
    const foreign = await service.call<List<CaseView>>(person('op-4', 'operator', '440307'), 'GET', '/api/cases');
    expect(foreign.body.items).toEqual([]);
    const found = await service.call<List<CaseView>>(operator, 'GET', `/api/cases?q=${encodeURIComponent('100%')}`);
    expect(found.body.items).toEqual([]);
  });

  it('explains each load by its cases', async () => {
    await dispatched();
    await eventually(async () => {
      const { body } = await service.call<List<StaffWorkload & { cases: { weight: number }[] }>>(
        operator,
        'GET',
        '/api/staff/workload?explain=true',
      );
      const [row] = body.items;
      const sum = (row?.cases ?? []).reduce((total, { weight }) => total + weight, 0);
      expect(row?.openCases).toBeGreaterThan(0);
      expect(row?.load).toBeCloseTo(sum / 8, 3);
      expect(body.formula).toMatchObject({ capacity: 8 });
    });
  });

  it('has a case list that a replay makes again, digest for digest', async () => {
    const { caseId } = (await open()).body;
    await eventually(async () => {
      const { body } = await service.call<List<CaseView>>(operator, 'GET', '/api/cases?limit=1');
      expect(body.items[0]?.caseId).toBe(caseId);
    });
    const [compared] = await rebuildReadTables({
      store: service.app.get<EventStore>(EVENT_STORE),
      pool: service.app.get(Database).pool,
      schema: readTables.schema,
      migrationsDir: fileURLToPath(new URL('../../migrations', import.meta.url)),
      projections: [caseListProjection],
    });
    expect(compared).toMatchObject({ table: 'case_list', identical: true });
    expect(compared?.rows).toBeGreaterThan(5);
  });
});
