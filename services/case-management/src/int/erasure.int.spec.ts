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
const report = { category: '01076', title: '王奶奶摔倒', description: '家住3栋502，电话没人接', areaCode: grid };
const operator = person('op-1', 'operator', '440305');
type WholeCase = CaseView & { history: readonly HistoryEntry[] };
type List<Item> = { items: readonly Item[] };

describe('erasing', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await RunningService.start();
    await service.registerArea(grid);
    await eventually(async () => expect((await open('gone')).status).toBe(201));
  });
  afterAll(() => service.stop());

  const open = (key: string) => service.call<CaseView>(operator, 'POST', '/api/cases', { headers: { 'idempotency-key': key }, body: report });
  const whole = async (caseId: string) => (await service.call<WholeCase>(operator, 'GET', `/api/cases/${caseId}`)).body;
  const listed = async (q: string) => (await service.call<List<CaseView>>(operator, 'GET', `/api/cases?q=${encodeURIComponent(q)}`)).body.items;
  const inDatabase = async (text: string) => {
    const { pool } = service.app.get(Database);
    const tables = ['event_store.event', 'case_management.case_list', 'case_management.staff'];
    const found = await Promise.all(tables.map((table) => pool.query(`SELECT FROM ${table} AS one WHERE one::text LIKE $1`, [`%${text}%`])));
    return found.map(({ rowCount }) => rowCount);
  };

  it('a case leaves its course and nothing of what was written about it', async () => {
    const { caseId } = (await open('gone')).body;
    await service.call(operator, 'POST', `/api/cases/${caseId}/void`, { body: { reason: '王奶奶已送医' } });
    await eventually(async () => expect(await listed('王奶奶')).toMatchObject([{ caseId, state: 'voided' }]));
    expect(await inDatabase('王奶奶')).toEqual([0, 1, 0]);

    const { keys } = service.app.get(PersonalData);
    const keyId = (await keys.keyIdOf(`case:${caseId}`)) ?? '';
    await keys.destroy(`case:${caseId}`, keyId);
    const carriedOut = { subject: `case:${caseId}`, keyId, at: new Date().toISOString() };
    await service.tell(TOPICS.gridEvents, `erasure-case-${caseId}`, 2, 'grid-registry.erasure-carried-out.v1', carriedOut);

    await eventually(async () => expect(await inDatabase('王奶奶')).toEqual([0, 0, 0]));
    expect(await listed('王奶奶')).toEqual([]);
    const { history, ...view } = await whole(caseId);
    expect(view).toMatchObject({ title: ERASED, description: ERASED, state: 'voided' });
    expect(history.map(({ type, data }) => [type.split('.')[1], data['reason'] ?? data['title']])).toEqual([
      ['case-reported', ERASED],
      ['case-voided', ERASED],
      ['case-erased', undefined],
    ]);
  });

  it('a person leaves nobody to dispatch to, a board without the name, and cases that go to somebody else by the rule', async () => {
    const staffId = await service.registerWorker('欧阳慕容', grid);
    const board = async () => (await service.call<List<StaffWorkload>>(operator, 'GET', '/api/staff/workload')).body.items;
    await eventually(async () => expect(await board()).toMatchObject([{ staffId, name: '欧阳慕容', availability: 'on-duty' }]));
    const { caseId } = (await open('left-behind')).body;
    for (const [name, body] of [['accept', {}], ['dispatch', { assignee: staffId }], ['start', {}]] as const) {
      expect((await service.call(operator, 'POST', `/api/cases/${caseId}/${name}`, { body })).status).toBe(200);
    }
    const needing = async (answer: boolean) => {
      const { items } = (await service.call<List<CaseView>>(operator, 'GET', `/api/cases?state=in-progress&needsAssignee=${String(answer)}`)).body;
      return items.map((one) => one.caseId);
    };
    await eventually(async () => expect([await needing(true), await needing(false)]).toEqual([[], [caseId]]));
    const at = new Date().toISOString();
    await service.tell(TOPICS.gridEvents, `staff-${staffId}`, 2, 'grid-registry.staff-availability-changed.v1', { staffId, availability: 'unavailable', at });
    await service.tell(TOPICS.gridEvents, `staff-${staffId}`, 3, 'grid-registry.staff-erased.v1', { staffId, at });
    await eventually(async () => expect(await board()).toMatchObject([{ staffId, name: ERASED, availability: 'unavailable' }]));
    expect(await inDatabase('欧阳慕容')).toEqual([0, 0, 0]);
    expect([await needing(true), await needing(false)]).toEqual([[caseId], []]);
    const next = await service.registerWorker('司马', grid);
    await eventually(async () => expect(await whole(caseId)).toMatchObject({ state: 'dispatched', assignee: { staffId: next } }));
    expect((await whole(caseId)).history.at(-1)).toMatchObject({
      type: 'case-management.case-reassigned.v1',
      actor: { type: 'system', id: 'dispatch-rule' },
      data: { previousAssignee: staffId, assignee: next },
    });
  });

  it('is made the same by a replay', async () => {
    await open(randomUUID());
    const { pool } = service.app.get(Database);
    const migrationsDir = fileURLToPath(new URL('../../migrations', import.meta.url));
    const only = readTables.projections.filter(({ from }) => from === 'store');
    const compared = await rebuildReadTables({ store: service.app.get<EventStore>(EVENT_STORE), pool, schema: readTables.schema, migrationsDir, projections: only });
    expect(compared.map(({ table, identical }) => [table, identical])).toEqual([['case_list', true], ['case_list_past', true]]);
  });
});
