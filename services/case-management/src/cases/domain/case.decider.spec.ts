import { describe, expect, it } from '@jest/globals';
import { scenario } from '@brain/testing';
import * as fixture from './case.fixture.js';
import type { CaseActor } from './case.commands.js';
import { createCaseDecider } from './case.decider.js';
import type { CaseEvent } from './case.events.js';

const { ana, ben, caseId, decider, dueAt, facts, grid, now, number, openedAt, operator, reported, until, worker } = fixture;
const { given } = scenario(decider);
const step = (by: CaseActor = operator) => ({ caseId, by, now });

describe('opening a case', () => {
  const open = { type: 'OpenCase', caseId, ...facts, now: { at: openedAt, number } } as const;

  it('starts the clock of the category and pins the settings', () => {
    given().when(open).expectEvents(reported);
  });
  it('changes nothing when the alert is delivered twice', () => {
    given(...until.closed).when(open).expectEvents();
  });
  it('is refused for a category that is not in the list', () => {
    given().when({ ...open, category: '99999' }).expectRejection('CATEGORY_UNKNOWN');
  });
});

describe('saying the same again', () => {
  const reason = 'not our pipe';
  const again: readonly [string, readonly CaseEvent[], Parameters<typeof decider.decide>[0]][] = [
    ['accept', until.accepted, { type: 'AcceptCase', ...step() }],
    ['start', until['in-progress'], { type: 'StartCase', ...step(fixture.anaHerself) }],
    ['complete', until.completed, { type: 'CompleteCase', ...step(fixture.anaHerself), result: 'fan replaced', evidence: [] }],
    ['verify', until.verified, { type: 'VerifyCase', ...step(), comment: '' }],
    ['close', until.closed, { type: 'CloseCase', ...step() }],
    ['void', until.voided, { type: 'VoidCase', ...step(), reason: 'false alarm' }],
    ['merge', until.merged, { type: 'MergeCase', ...step(), intoCaseId: ben }],
    ['suspend', until.suspended, { type: 'SuspendCase', ...step(), reason: 'part ordered', reviewAt: '2026-11-25T00:00:00.000Z' }],
    ['send-back', [...until.dispatched, sentBack(reason)], { type: 'SendBackCase', ...step(), reason }],
  ];
  it.each(again)('%s by the same person changes nothing', (_name, history, command) => {
    given(...history).when(command).expectEvents();
  });

  it('with another result is refused, the first one stands', () => {
    given(...until.completed)
      .when({ type: 'CompleteCase', ...step(fixture.anaHerself), result: 'something else', evidence: [] })
      .expectRejection('CASE_STATE_WRONG');
  });
  it('by another operator is refused', () => {
    given(...until.accepted).when({ type: 'AcceptCase', ...step(fixture.secondOperator) }).expectRejection('CASE_STATE_WRONG');
  });
});

describe('dispatching a case', () => {
  const dispatch = (assignee: string | null, ...staff: ReturnType<typeof worker>[]) =>
    ({ type: 'DispatchCase', caseId, by: operator, assignee, now: { at: now, staff } }) as const;

  it('stores who was chosen by the rule and why', () => {
    given(...until.accepted).when(dispatch(null, worker(ana))).expectEvents(fixture.dispatched);
  });
  it('stores that a person chose', () => {
    const reason = { rule: 'manual' as const, candidates: [{ staffId: ben, load: 0.5, areaCode: grid }] };
    given(...until.accepted)
      .when(dispatch(ben, worker(ben, { load: 0.5 })))
      .expectEvents({ type: 'CaseDispatched', data: { caseId, assignee: ben, dispatchedBy: 'op', dispatchedAt: now, reason } });
  });
  it('changes nothing when the person already has the case', () => {
    given(...until.dispatched).when({ ...dispatch(ana), by: fixture.secondOperator }).expectEvents();
  });
  it('is refused by rule when nobody is on duty', () => {
    given(...until.accepted).when(dispatch(null, worker(ana, { availability: 'on-leave' }))).expectRejection('NO_CANDIDATE_ON_DUTY');
  });
  it.each([
    ['STAFF_UNKNOWN', worker(ben)],
    ['STAFF_NOT_ON_DUTY', worker(ana, { availability: 'off-duty' })],
    ['STAFF_NOT_RESPONSIBLE', worker(ana, { areaCodes: ['440305002'] })],
    ['STAFF_NOT_RESPONSIBLE', worker(ana, { roles: ['operator'] })],
  ])('is refused with %s', (code, person) => {
    given(...until.accepted).when(dispatch(ana, person)).expectRejection(code);
  });
});

describe('reassigning a case', () => {
  const reassign = (assignee: string, ...staff: ReturnType<typeof worker>[]) =>
    ({ type: 'ReassignCase', caseId, by: operator, assignee, from: null, reason: 'on leave', now: { at: now, staff } }) as const;
  const reassigned: CaseEvent = {
    type: 'CaseReassigned',
    data: {
      caseId,
      by: 'op',
      previousAssignee: ana,
      assignee: ben,
      reason: 'on leave',
      candidates: [{ staffId: ben, load: 0, areaCode: grid }],
      at: now,
    },
  };

  it('gives the work to another person, who starts anew', () => {
    const staff = [worker(ana, { availability: 'on-leave' }), worker(ben)];
    given(...until['in-progress']).when(reassign(ben, ...staff)).expectEvents(reassigned);
    given(...until['in-progress'], reassigned)
      .when({ type: 'StartCase', ...step(fixture.benHimself) })
      .expectEvents({ type: 'CaseStarted', data: { caseId, by: fixture.benHimself.id, performedBy: ben, at: now } });
    given(...until['in-progress'], reassigned).when({ type: 'StartCase', ...step(fixture.anaHerself) }).expectRejection('CASE_NOT_YOURS');
  });
  it('goes by the rule, as long as the person has the case from whom it is taken', () => {
    const byRule = { ...reassign(ben, worker(ben)), assignee: null, from: ana };
    given(...until.dispatched).when(byRule).expectEvents(reassigned);
    given(...until.dispatched).when({ ...byRule, from: ben }).expectEvents();
    given(...until.dispatched).when({ ...byRule, now: { at: now, staff: [] } }).expectRejection('NO_CANDIDATE_ON_DUTY');
  });
  it('changes nothing for the person who has the case, and when it is said twice', () => {
    given(...until['in-progress']).when(reassign(ana, worker(ana))).expectEvents();
    given(...until.dispatched, reassigned).when(reassign(ben, worker(ben))).expectEvents();
  });
  it.each([
    ['STAFF_UNKNOWN', worker(ana)],
    ['STAFF_NOT_ON_DUTY', worker(ben, { availability: 'off-duty' })],
    ['STAFF_NOT_RESPONSIBLE', worker(ben, { areaCodes: ['440305002'] })],
  ])('is refused with %s', (code, person) => {
    given(...until.dispatched).when(reassign(ben, person)).expectRejection(code);
  });
});

describe('the assignee’s work', () => {
  it('can be entered by an operator and still counts for the assignee', () => {
    given(...until.dispatched)
      .when({ type: 'StartCase', ...step() })
      .expectEvents({ type: 'CaseStarted', data: { caseId, by: 'op', performedBy: ana, at: now } });
  });
  it('is refused to another worker', () => {
    given(...until.dispatched).when({ type: 'StartCase', ...step(fixture.benHimself) }).expectRejection('CASE_NOT_YOURS');
    given(...until['in-progress'])
      .when({ type: 'CompleteCase', ...step(fixture.benHimself), result: 'done', evidence: [] })
      .expectRejection('CASE_NOT_YOURS');
  });
});

describe('reviewing a case', () => {
  const anaAsOperator: CaseActor = { id: 'acc-ana', staffId: ana, operator: true };

  it('is refused to who did the work', () => {
    given(...until.completed).when({ type: 'VerifyCase', ...step(anaAsOperator), comment: '' }).expectRejection('CASE_VERIFIER_IS_WORKER');
    given(...until.completed).when({ type: 'ReworkCase', ...step(anaAsOperator), reason: 'x' }).expectRejection('CASE_VERIFIER_IS_WORKER');
  });
  it('closes late when the due time has passed', () => {
    const late = '2026-11-23T05:00:00.001Z';
    given(...until.verified)
      .when({ type: 'CloseCase', ...step(), now: late })
      .expectEvents({ type: 'CaseClosed', data: { caseId, by: 'op', onTime: false, closedAt: late } });
  });
  it('reopens within thirty days with a new clock', () => {
    const at = '2026-12-23T02:00:00.000Z';
    given(...until.closed)
      .when({ type: 'ReopenCase', caseId, by: operator, reason: 'hot again', now: at })
      .expectEvents({ type: 'CaseReopened', data: { caseId, by: 'op', reason: 'hot again', dueAt: '2026-12-23T06:00:00.000Z', at } });
  });
  it('does not reopen after thirty days', () => {
    given(...until.closed)
      .when({ type: 'ReopenCase', caseId, by: operator, reason: 'hot again', now: '2026-12-23T02:00:00.001Z' })
      .expectRejection('CASE_REOPEN_TOO_LATE');
  });
  it('takes one rating', () => {
    const rated: CaseEvent = { type: 'CaseRated', data: { caseId, by: 'op', satisfaction: 4, comment: '', at: now } };
    given(...until.closed).when({ type: 'RateCase', ...step(), satisfaction: 4, comment: '' }).expectEvents(rated);
    given(...until.closed, rated).when({ type: 'RateCase', ...step(), satisfaction: 4, comment: '' }).expectEvents();
    given(...until.closed, rated).when({ type: 'RateCase', ...step(), satisfaction: 1, comment: '' }).expectRejection('CASE_ALREADY_RATED');
  });
  it('does not merge a case into itself', () => {
    given(...until.reported).when({ type: 'MergeCase', ...step(), intoCaseId: caseId }).expectRejection('CASE_MERGE_INTO_ITSELF');
  });
});

describe('the clock of a case', () => {
  const overdue: CaseEvent = { type: 'CaseBecameOverdue', data: { caseId, dueAt, at: '2026-11-23T05:00:01.000Z' } };
  const markOverdue = { type: 'MarkOverdue', caseId, dueAt, now: '2026-11-23T05:00:01.000Z' } as const;

  it('records once that the due time passed', () => {
    given(...until.dispatched).when(markOverdue).expectEvents(overdue);
    given(...until.dispatched, overdue).when(markOverdue).expectEvents();
  });
  it('stays silent before the due time, while it stands and for a due time that moved', () => {
    given(...until.dispatched).when({ ...markOverdue, now: dueAt }).expectEvents();
    given(...until.suspended).when(markOverdue).expectEvents();
    given(...until.closed).when(markOverdue).expectEvents();
    given(...until.dispatched).when({ ...markOverdue, dueAt: now }).expectEvents();
  });
  it('moves the due time by the pause', () => {
    given(...until.suspended)
      .when({ type: 'ResumeCase', ...step(), now: '2026-11-24T02:00:00.000Z' })
      .expectEvents({ type: 'CaseResumed', data: { caseId, by: 'op', dueAt: '2026-11-24T05:00:00.000Z', at: '2026-11-24T02:00:00.000Z' } });
  });
  it('marks a due time beyond the known holidays until another one is set', () => {
    const [category] = fixture.settings.categories;
    if (category === undefined) throw new Error('No category');
    const slow = { ...category, deadline: { amount: 5, unit: 'working-day' as const } };
    const unknown = createCaseDecider({ ...fixture.settings, categories: [slow], calendar: { ...fixture.settings.calendar, knownUntil: '2026-11-27' } });
    const opened = unknown.decide({ type: 'OpenCase', caseId, ...facts, now: { at: openedAt, number } }, unknown.initial);
    expect(opened).toMatchObject([{ data: { dueAt: '2026-11-30T10:00:00.000Z', dueIsProvisional: true } }]);
    const after = (...events: readonly CaseEvent[]) => [...opened, ...events].reduce(unknown.evolve, unknown.initial);
    expect(after()).toMatchObject({ dueIsProvisional: true });
    const extended: CaseEvent = { type: 'CaseExtended', data: { caseId, by: 'op', reason: 'x', dueAt: '2026-12-24T05:00:00.000Z', at: now } };
    expect(after(extended)).toMatchObject({ dueIsProvisional: undefined });
  });
  it('leaves a due time that had passed before the pause', () => {
    given(...until['in-progress'], suspendedAt('2026-11-23T06:00:00.000Z'))
      .when({ type: 'ResumeCase', ...step(), now: '2026-11-24T02:00:00.000Z' })
      .expectEvents({ type: 'CaseResumed', data: { caseId, by: 'op', dueAt, at: '2026-11-24T02:00:00.000Z' } });
  });
  it('is extended to a later time only', () => {
    const extend = { type: 'ExtendCase', ...step(), reason: 'waiting for the part' } as const;
    const later = '2026-11-24T05:00:00.000Z';
    const extended: CaseEvent = { type: 'CaseExtended', data: { caseId, by: 'op', reason: 'waiting for the part', dueAt: later, at: now } };
    given(...until['in-progress']).when({ ...extend, dueAt: later }).expectEvents(extended);
    given(...until['in-progress'], extended).when({ ...extend, dueAt: later }).expectEvents();
    given(...until['in-progress']).when({ ...extend, dueAt }).expectRejection('EXTENSION_NOT_LATER');
  });
  it('is suspended with a review to come', () => {
    given(...until['in-progress'])
      .when({ type: 'SuspendCase', ...step(), reason: 'x', reviewAt: now })
      .expectRejection('REVIEW_NOT_IN_FUTURE');
  });
});

function suspendedAt(at: string): CaseEvent {
  return { type: 'CaseSuspended', data: { caseId, by: 'op', reason: 'part ordered', reviewAt: '2026-11-25T00:00:00.000Z', at } };
}

function sentBack(reason: string): CaseEvent {
  return { type: 'CaseSentBack', data: { caseId, by: 'op', performedBy: ana, reason, at: now } };
}
