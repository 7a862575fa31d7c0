import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERASED, TOPICS, type HistoryEntry, type CaseView, type StaffWorkload } from '@brain/contracts';
import { EVENT_STORE, PersonalData, rebuildReadTables, type EventStore } from '@brain/event-store';
import { Database } from '@brain/service-kit';
import { eventually } from '@brain/testing';
import { readTables } from '../replay.js';
import { person, RunningService } from './running-service.fixture.js';

const grid = '440305001001001';
const report = { category: '01076', title: '电梯停运', description: '3栋电梯', areaCode: grid };
const operator = person('op-1', 'operator', '440305');
const stranger = person('op-3', 'operator', '440306');
type WholeCase = CaseView & { history: readonly HistoryEntry[] };
type List<Item> = { items: readonly Item[]; nextCursor: string | null };

describe('cases at an earlier moment', () => {
  let service: RunningService;
  let ana: string;
  let caseId: string;
  let history: readonly HistoryEntry[];
  beforeAll(async () => {
    service = await RunningService.start();
    await service.registerArea(grid);
    ana = await service.registerWorker('Ana', grid);
    await eventually(async () => expect((await get<List<StaffWorkload>>('/api/staff/workload')).body.items).toMatchObject([{ availability: 'on-duty' }]));
    await eventually(async () => expect((await service.call(operator, 'POST', '/api/cases', { body: report, headers: { 'idempotency-key': 'one' } })).status).toBe(201));
    caseId = (await service.call<CaseView>(operator, 'POST', '/api/cases', { body: report, headers: { 'idempotency-key': 'one' } })).body.caseId;
    for (const [name, body] of [['accept', {}], ['dispatch', { assignee: ana }], ['send-back', { reason: '王奶奶说错了' }]] as const) {
      expect((await service.call(operator, 'POST', `/api/cases/${caseId}/${name}`, { body })).status).toBe(200);
    }
    history = (await get<WholeCase>(`/api/cases/${caseId}`)).body.history;
    await eventually(async () => expect((await get<List<CaseView>>('/api/cases')).body.items).toMatchObject([{ state: 'accepted', revision: 3 }]));
  });
  afterAll(() => service.stop());

  const get = <Body>(path: string, actor = operator) => service.call<Body>(actor, 'GET', path);
  const at = (step: number, plusMs = 0) => new Date(Date.parse(history[step]?.recordedAt ?? '') + plusMs).toISOString();
  const then = async (moment: string, as = '') => (await get<WholeCase>(`/api/cases/${caseId}?at=${moment}${as}`)).body;

  it('are as they were known at and after each step, with their course up to then', async () => {
    for (const [step, state] of ['reported', 'accepted', 'dispatched', 'accepted'].entries()) {
      const one = await then(at(step));
      expect([one.state, one.revision, one.history.length]).toEqual([state, step, step + 1]);
      expect((await get<List<CaseView>>(`/api/cases?at=${at(step)}&state=${state}`)).body.items).toMatchObject([{ caseId, state, revision: step }]);
    }
    expect((await then(at(2))).assignee).toEqual({ staffId: ana, name: 'Ana' });
    expect((await then(at(1))).assignee).toBeNull();
  });

  it('are not there before they were reported', async () => {
    expect(await then(at(0, -1))).toMatchObject({ code: 'CASE_UNKNOWN', status: 404 });
    expect((await get<List<CaseView>>(`/api/cases?at=${at(0, -1)}`)).body.items).toEqual([]);
  });

  it('are told by when things happened, when that is asked for', async () => {
    const happened = history.map(({ time }) => time);
    for (const [step, time] of happened.entries()) expect((await then(time, '&as=occurred')).revision).toBe(step);
  });

  it('count as overdue by the clock of that moment, and give no ETag', async () => {
    service.letPass(400 * 24 * 3_600_000);
    const { body, etag } = await get<CaseView>(`/api/cases/${caseId}?at=${at(2)}`);
    expect([body.overdue, etag?.startsWith('W/') ?? true]).toEqual([false, true]);
    const late = new Date(Date.now() + 399 * 24 * 3_600_000).toISOString();
    expect(await get<CaseView>(`/api/cases/${caseId}?at=${late}`)).toMatchObject({ body: { overdue: true } });
    service.letPass(-400 * 24 * 3_600_000);
  });

  it('weigh on people as they did then', async () => {
    const board = async (moment: string) => (await get<List<StaffWorkload>>(`/api/staff/workload?at=${moment}`)).body.items;
    expect(await board(at(1))).toMatchObject([{ staffId: ana, openCases: 0, activity: 'free', updatedAt: at(1) }]);
    expect(await board(at(2))).toMatchObject([{ staffId: ana, openCases: 1, activity: 'dispatched' }]);
    expect(await board(at(3))).toMatchObject([{ staffId: ana, openCases: 0, activity: 'free' }]);
  });

  it('are shown to those who may see the area now', async () => {
    expect((await get<List<CaseView>>(`/api/cases?at=${at(2)}`, stranger)).body.items).toEqual([]);
    expect((await get(`/api/cases/${caseId}?at=${at(2)}`, stranger)).body.code).toBe('CASE_UNKNOWN');
  });

  it.each([
    ['/api/cases?at=yesterday', 'AT_INVALID', 'at'],
    ['/api/cases?at=2026-01-01T00:00:00', 'AT_INVALID', 'at'],
    ['/api/cases?as=occurred', 'AT_INVALID', 'at'],
    ['/api/cases?at=2026-01-01T00:00:00Z&as=known', 'AS_INVALID', 'as'],
    ['/api/cases?at=2999-01-01T00:00:00Z', 'AT_IN_FUTURE', 'at'],
    ['/api/cases/categories?at=2026-01-01T00:00:00Z', 'AT_NOT_SUPPORTED', 'at'],
  ])('refuse %s', async (path, code, field) => {
    expect(await get(path)).toMatchObject({ status: 400, body: { code, errors: [{ path: field }] } });
  });

  it('take no commands', async () => {
    const before = (await get<WholeCase>(`/api/cases/${caseId}`)).body;
    const answer = await service.call(operator, 'POST', `/api/cases/${caseId}/void?at=${at(2)}`, { body: { reason: 'x' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'AT_NOT_SUPPORTED' } });
    expect((await get<WholeCase>(`/api/cases/${caseId}`)).body.revision).toBe(before.revision);
  });

  it('say since when they are known, where an installation is older than its memory', async () => {
    const { pool } = service.app.get(Database);
    await pool.query("UPDATE past_kept SET since = $1 WHERE table_name = 'case_list'", [at(1)]);
    expect(await get(`/api/cases/${caseId}?at=${at(0)}`)).toMatchObject({ status: 422, body: { code: 'PAST_NOT_KEPT', errors: [{ path: 'at', message: `is before ${at(1)}` }] } });
    expect((await then(at(1))).state).toBe('accepted');
    await pool.query("UPDATE past_kept SET since = '-infinity'");
  });

  it('show as erased whoever was erased since, and a replay makes the same of them', async () => {
    const { keys } = service.app.get(PersonalData);
    const keyId = (await keys.keyIdOf(`case:${caseId}`)) ?? '';
    await keys.destroy(`case:${caseId}`, keyId);
    const carriedOut = { subject: `case:${caseId}`, keyId, at: new Date().toISOString() };
    await service.tell(TOPICS.gridEvents, `erasure-case-${caseId}`, 2, 'grid-registry.erasure-carried-out.v1', carriedOut);
    await service.tell(TOPICS.gridEvents, `staff-${ana}`, 2, 'grid-registry.staff-erased.v1', { staffId: ana, at: new Date().toISOString() });

    await eventually(async () => expect((await then(at(2))).title).toBe(ERASED));
    await eventually(async () => expect((await then(at(2))).assignee).toEqual({ staffId: ana, name: ERASED }));
    expect(await then(at(0))).toMatchObject({ title: ERASED, description: ERASED, history: [{ data: { title: ERASED } }] });
    const { pool } = service.app.get(Database);
    for (const table of ['case_list', 'case_list_past', 'staff', 'staff_past']) {
      expect((await pool.query(`SELECT FROM ${table} AS one WHERE one::text ~ '电梯|奶奶|Ana'`)).rowCount).toBe(0);
    }

    await service.call(operator, 'POST', '/api/cases', { body: report, headers: { 'idempotency-key': randomUUID() } });
    const compared = await rebuild();
    expect(compared.map(({ table, identical }) => [table, identical])).toEqual([['case_list', true], ['case_list_past', true]]);
  });

  it('are still known after a rebuild was put in place, and so is what comes after it', async () => {
    const { pool } = service.app.get(Database);
    await pool.query("DELETE FROM case_list_past; UPDATE past_kept SET since = now() WHERE table_name = 'case_list'");
    expect((await rebuild(true)).map(({ table, identical }) => [table, identical])).toEqual([['case_list', true], ['case_list_past', false]]);
    expect((await then(at(1))).state).toBe('accepted');
    await service.call(operator, 'POST', `/api/cases/${caseId}/void`, { body: { reason: '重复' } });
    const other = (await service.call<CaseView>(operator, 'POST', '/api/cases', { body: report })).body;
    await service.call(operator, 'POST', `/api/cases/${other.caseId}/accept`);
    await eventually(async () => {
      expect((await pool.query('SELECT FROM case_list_past WHERE case_id = $1', [other.caseId])).rowCount).toBeGreaterThan(0);
    });
    expect((await rebuild()).every(({ identical }) => identical)).toBe(true);
  });

  const rebuild = (swap = false) =>
    rebuildReadTables({
      store: service.app.get<EventStore>(EVENT_STORE),
      pool: service.app.get(Database).pool,
      schema: readTables.schema,
      migrationsDir: fileURLToPath(new URL('../../migrations', import.meta.url)),
      projections: readTables.projections.filter(({ from }) => from === 'store'),
      swap,
    });
});
