import { describe, expect, it } from '@jest/globals';
import type { WorkItem } from './domain/case-weight.js';
import { RecentDispatches } from './recent-dispatches.js';

const row = (caseId: string, assignee: string, revision: number): WorkItem => ({
  caseId,
  number: caseId,
  assignee,
  severity: 'MINOR',
  state: 'dispatched',
  clockStartedAt: '2026-11-23T09:00:00.000Z',
  dueAt: '2026-11-23T13:00:00.000Z',
  revision,
});

describe('recent dispatches', () => {
  it('stand in for rows that are older or missing', () => {
    const recent = new RecentDispatches();
    recent.add(row('one', 'ana', 2));
    recent.add(row('two', 'ben', 7));
    expect(recent.applyTo([row('two', 'ana', 2)])).toEqual([row('one', 'ana', 2), row('two', 'ben', 7)]);
  });
  it('are forgotten once the table has caught up', () => {
    const recent = new RecentDispatches();
    recent.add(row('one', 'ana', 2));
    expect(recent.applyTo([row('one', 'ben', 4)])).toEqual([row('one', 'ben', 4)]);
    expect(recent.caseIds()).toEqual([]);
  });
});
