import { describe, expect, it } from '@jest/globals';
import type { CaseReported } from '@brain/contracts';
import { foldCase, isCaseOpen, type CaseEvent, type CaseNow } from './case-view.js';

const caseId = '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c01';
const worker = '0c8e2a6a-3a5e-4c71-a8e4-3a0d9a1b2c02';
const at = '2026-11-22T02:00:00.000Z';
const later = '2026-11-23T02:00:00.000Z';
const step = { caseId, by: 'op', at };
const reported: CaseReported = {
  type: 'CaseReported',
  data: {
    caseId,
    number: '20261122-0001',
    category: '01076',
    title: '电梯机房过热',
    description: '',
    areaCode: '440305001001',
    location: null,
    severity: 'MAJOR',
    source: { kind: 'patrol' },
    reportedBy: 'op',
    openedAt: at,
    dueAt: later,
    settingsVersion: '1',
  },
};
const accepted: CaseEvent = { type: 'CaseAccepted', data: step };
const dispatched: CaseEvent = {
  type: 'CaseDispatched',
  data: { caseId, assignee: worker, dispatchedBy: 'op', dispatchedAt: at, reason: { rule: 'manual', candidates: [] } },
};
const started: CaseEvent = { type: 'CaseStarted', data: { ...step, performedBy: worker } };
const completed: CaseEvent = { type: 'CaseCompleted', data: { ...step, performedBy: worker, result: '已修', evidence: [] } };
const verified: CaseEvent = { type: 'CaseVerified', data: { ...step, comment: '' } };
const closed: CaseEvent = { type: 'CaseClosed', data: { caseId, by: 'op', onTime: true, closedAt: later } };
const overdue: CaseEvent = { type: 'CaseBecameOverdue', data: { caseId, dueAt: later, at: later } };
const reason = 'because';

const after = (...events: CaseEvent[]): CaseNow | undefined =>
  events.reduce<CaseNow | undefined>((view, event, revision) => foldCase(view, event, { revision, time: at }), undefined);

describe('a case on the screen', () => {
  it.each<[CaseNow['state'], CaseEvent[]]>([
    ['reported', []],
    ['accepted', [accepted]],
    ['dispatched', [accepted, dispatched]],
    ['in-progress', [accepted, dispatched, started]],
    ['accepted', [accepted, dispatched, { type: 'CaseSentBack', data: { ...step, performedBy: worker, reason } }]],
    ['suspended', [accepted, dispatched, started, { type: 'CaseSuspended', data: { ...step, reason, reviewAt: later } }]],
    ['completed', [accepted, dispatched, started, completed]],
    ['dispatched', [accepted, dispatched, started, completed, { type: 'CaseReworkOrdered', data: { ...step, reason } }]],
    ['verified', [accepted, dispatched, started, completed, verified]],
  ])('is open while %s', (state, events) => {
    const view = after(reported, ...events);
    expect(view).toMatchObject({ state, revision: events.length });
    expect(view && isCaseOpen(view)).toBe(true);
  });

  it.each<[CaseNow['state'], CaseEvent]>([
    ['closed', closed],
    ['voided', { type: 'CaseVoided', data: { ...step, reason } }],
    ['merged', { type: 'CaseMerged', data: { ...step, intoCaseId: caseId } }],
  ])('is no longer open once %s', (state, event) => {
    const view = after(reported, event);
    expect(view?.state).toBe(state);
    expect(view && isCaseOpen(view)).toBe(false);
  });

  it('names the worker it was reassigned to, who has yet to start', () => {
    const other = '0197a000-0000-7000-8000-0000000000ff';
    const data = { ...step, previousAssignee: worker, assignee: other, reason, candidates: [] };
    expect(after(reported, accepted, dispatched, started, { type: 'CaseReassigned', data })).toMatchObject({ state: 'dispatched', assigneeId: other });
  });

  it('names its worker until it is sent back', () => {
    expect(after(reported, accepted, dispatched)?.assigneeId).toBe(worker);
    const sentBack: CaseEvent = { type: 'CaseSentBack', data: { ...step, performedBy: worker, reason } };
    expect(after(reported, accepted, dispatched, sentBack)?.assigneeId).toBeNull();
  });

  it('is overdue until it gets more time', () => {
    expect(after(reported, overdue)?.overdue).toBe(true);
    const dueAt = '2026-11-24T02:00:00.000Z';
    expect(after(reported, overdue, { type: 'CaseExtended', data: { ...step, reason, dueAt } })).toMatchObject({ overdue: false, dueAt });
    const stillPast: CaseEvent = { type: 'CaseExtended', data: { caseId, by: 'op', reason, dueAt, at: dueAt } };
    expect(after(reported, overdue, stillPast)?.overdue).toBe(true);
  });

  it('starts over when it is reopened', () => {
    const dueAt = '2026-12-01T02:00:00.000Z';
    expect(after(reported, accepted, dispatched, overdue, closed, { type: 'CaseReopened', data: { ...step, reason, dueAt } })).toMatchObject({
      state: 'accepted',
      assigneeId: null,
      closedAt: null,
      overdue: false,
      dueAt,
    });
  });

  it('has a provisional due time until it gets another one', () => {
    const provisional: CaseEvent = { type: 'CaseResumed', data: { ...step, dueAt: later, dueIsProvisional: true } };
    expect(after(reported)?.dueIsProvisional).toBe(false);
    expect(after(reported, provisional)?.dueIsProvisional).toBe(true);
    expect(after(reported, provisional, { type: 'CaseExtended', data: { ...step, reason, dueAt: later } })?.dueIsProvisional).toBe(false);
  });

  it('is not changed by a rating, apart from its revision', () => {
    const before = after(reported, closed);
    const rated: CaseEvent = { type: 'CaseRated', data: { ...step, satisfaction: 5, comment: '' } };
    expect(after(reported, closed, rated)).toEqual({ ...before, revision: 2 });
  });
});
