import { describe, expect, it } from '@jest/globals';
import type { WorkItem } from './case-weight.js';
import { explainLoad, loadOf, workloadOf } from './staff-load.js';

const now = '2026-11-23T10:00:00.000Z';
const item = (facts: Partial<WorkItem>): WorkItem => ({
  caseId: '7f3c0000-0000-4000-8000-000000000001',
  number: '440305-20261123-0001',
  assignee: 'ana',
  severity: 'MINOR',
  state: 'dispatched',
  clockStartedAt: '2026-11-23T09:00:00.000Z',
  dueAt: '2026-11-23T13:00:00.000Z',
  revision: 2,
  ...facts,
});
const lastQuarter = { dueAt: '2026-11-23T10:20:00.000Z' };
const overdue = { dueAt: '2026-11-23T09:59:59.999Z' };

describe('the load of a person', () => {
  it.each([
    ['a normal case is 1', {}, 1],
    ['a case in its last quarter is 1.5', lastQuarter, 1.5],
    ['an overdue case is 2', overdue, 2],
    ['a suspended case is nothing, overdue or not', { ...overdue, state: 'suspended' }, 0],
    ['a critical case weighs half more', { severity: 'CRITICAL' }, 1.5],
    ['a major overdue case is 2.5', { ...overdue, severity: 'MAJOR' }, 2.5],
  ] as const)('%s', (_, facts, weight) => {
    expect(loadOf([item(facts)], Date.parse(now), 8)).toBe(Math.round((weight / 8) * 1000) / 1000);
  });

  it('goes above 1 when there is more than a shift can carry', () => {
    expect(loadOf(Array.from({ length: 9 }, () => item({})), Date.parse(now), 8)).toBe(1.125);
  });

  it('comes with the numbers of the board', () => {
    const person = { staffId: 'ana', name: 'Ana', areaCodes: ['440305001'], availability: 'on-duty' } as const;
    const items = [item({}), item(lastQuarter), item(overdue), item({ state: 'suspended' })];
    expect(workloadOf(person, items, { now, capacity: 8 })).toEqual({
      ...person,
      activity: 'dispatched',
      openCases: 4,
      overdueCases: 1,
      dueWithinHour: 1,
      load: 0.563,
      updatedAt: now,
    });
    expect(workloadOf(person, [item({ state: 'in-progress' })], { now, capacity: 8 }).activity).toBe('on-site');
    expect(workloadOf(person, [], { now, capacity: 8 })).toMatchObject({ activity: 'free', load: 0 });
  });

  it('is explained by its cases, heaviest first', () => {
    expect(explainLoad([item({}), item(overdue)], now).map(({ stage, weight }) => ({ stage, weight }))).toEqual([
      { stage: 'overdue', weight: 2 },
      { stage: 'normal', weight: 1 },
    ]);
  });
});
