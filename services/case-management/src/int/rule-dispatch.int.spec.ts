import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TOPICS, type HistoryEntry, type CaseView, type StaffWorkload } from '@brain/contracts';
import { eventually } from '@brain/testing';
import { person, RunningService } from './running-service.fixture.js';

const operator = person('op', 'operator', '440305');
type List<Item> = { items: readonly Item[] };

describe('cases that alerts open', () => {
  let service: RunningService;
  let workloads: StaffWorkload[];
  beforeAll(async () => {
    service = await RunningService.start();
    workloads = [];
    await service.bus.subscribe({
      group: 'test.workload',
      topics: [TOPICS.workload],
      handler: (records) => {
        workloads.push(...records.map(({ value }) => value as StaffWorkload));
        return Promise.resolve();
      },
    });
  });
  afterAll(() => service.stop());
  afterEach(() => {
    workloads = [];
  });

  const cases = async (areaCode: string) => {
    const { body } = await service.call<List<CaseView>>(operator, 'GET', `/api/cases?areaCode=${areaCode}`);
    return body.items;
  };
  const knownOnDuty = (staffId: string) =>
    eventually(() =>
      expect(workloads).toContainEqual(expect.objectContaining({ staffId, availability: 'on-duty', openCases: 0, activity: 'free' })),
    );

  it('go to the worker of the grid at once, one per alert however often it is delivered', async () => {
    const grid = '440305001001002';
    const ana = await service.registerWorker('Ana', grid);
    await knownOnDuty(ana);
    const [alertId, eventId] = [randomUUID(), randomUUID()];
    await service.raiseAlert(alertId, grid, eventId);
    await service.raiseAlert(alertId, grid, eventId);
    await service.raiseAlert(randomUUID(), grid); // behind them in time: when it is done, so are they
    const [, first] = await eventually(async () => {
      const found = await cases(grid);
      expect(found.map(({ state }) => state)).toEqual(['dispatched', 'dispatched']);
      return found;
    });
    expect(first).toMatchObject({ severity: 'CRITICAL', assignee: { name: 'Ana' }, source: { kind: 'alert' } });
    const history = await service.call<{ history: { type: string; correlationId: string; actor: object }[] }>(
      operator,
      'GET',
      `/api/cases/${String(first?.caseId)}`,
    );
    expect(history.body.history).toHaveLength(3);
    expect(history.body.history.every(({ correlationId }) => correlationId.startsWith('correlation-'))).toBe(true);
    expect(history.body.history[2]?.actor).toEqual({ type: 'system', id: 'dispatch-rule' });
    await eventually(() =>
      expect(workloads).toContainEqual(expect.objectContaining({ staffId: ana, openCases: 2, activity: 'dispatched', load: 0.375 })),
    );
  });

  it('spread over the workers when they come in one breath', async () => {
    const grid = '440305001001003';
    const team = await Promise.all(['Ben', 'Cai', 'Dan'].map((name) => service.registerWorker(name, grid)));
    await Promise.all(team.map(knownOnDuty));
    await Promise.all(Array.from({ length: 9 }, () => service.raiseAlert(randomUUID(), grid)));
    const dispatched = await eventually(async () => {
      const found = await cases(grid);
      expect(found.filter(({ state }) => state === 'dispatched')).toHaveLength(9);
      return found;
    });
    const counts = team.map((staffId) => dispatched.filter(({ assignee }) => assignee?.staffId === staffId).length);
    expect(counts).toEqual([3, 3, 3]);
    expect(new Set(dispatched.map(({ number }) => number)).size).toBe(9);
  });

  it('wait, visible, until somebody responsible comes on duty', async () => {
    const grid = '440305001001004';
    const eve = await service.registerWorker('Eve', '440305001', false);
    await service.raiseAlert(randomUUID(), grid, undefined, 'no-such-category');
    await eventually(async () => expect((await cases(grid)).map(({ state }) => state)).toEqual(['accepted']));
    await service.comeOnDuty(eve, 1);
    await eventually(async () => {
      expect(await cases(grid)).toMatchObject([{ state: 'dispatched', assignee: { staffId: eve }, category: '10000' }]);
    });
  });

  it('become overdue once, and weigh double', async () => {
    const grid = '440305001001005';
    const fay = await service.registerWorker('Fay', grid);
    await knownOnDuty(fay);
    await service.raiseAlert(randomUUID(), grid);
    const [late] = await eventually(async () => {
      const found = await cases(grid);
      expect(found).toMatchObject([{ state: 'dispatched', overdue: false }]);
      return found;
    });
    service.letPass(2 * 3_600_000 + 1); // the deadline of a lift is two urgent hours
    await eventually(() =>
      expect(workloads).toContainEqual(expect.objectContaining({ staffId: fay, overdueCases: 1, dueWithinHour: 0, load: 0.375 })),
    );
    expect(await cases(grid)).toMatchObject([{ overdue: true }]);
    await eventually(async () => {
      const { body } = await service.call<{ history: HistoryEntry[] }>(operator, 'GET', `/api/cases/${String(late?.caseId)}`);
      const [reported] = body.history;
      expect(body.history.filter(({ type }) => type.includes('overdue'))).toEqual([
        expect.objectContaining({ causationId: reported?.eventId, correlationId: reported?.correlationId }),
      ]);
    });
  });
});
