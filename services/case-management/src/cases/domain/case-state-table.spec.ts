import { describe, expect, it } from '@jest/globals';
import { CASE_COMMANDS, CASE_STATES, type CaseCommandName, type CaseState } from '@brain/contracts';
import { scenario } from '@brain/testing';
import { caseId, decider, now, operator, secondOperator, until, worker, ana, ben } from './case.fixture.js';
import type { CaseCommand } from './case.commands.js';

const step = { caseId, by: secondOperator, now };
const reason = 'because';
const commands: Readonly<Record<CaseCommandName, CaseCommand>> = {
  accept: { type: 'AcceptCase', ...step },
  dispatch: { type: 'DispatchCase', caseId, by: secondOperator, assignee: ben, now: { at: now, staff: [worker(ana), worker(ben)] } },
  start: { type: 'StartCase', ...step },
  complete: { type: 'CompleteCase', ...step, result: 'done', evidence: [] },
  verify: { type: 'VerifyCase', ...step, comment: '' },
  close: { type: 'CloseCase', ...step },
  rework: { type: 'ReworkCase', ...step, reason },
  'send-back': { type: 'SendBackCase', ...step, reason },
  reassign: { type: 'ReassignCase', caseId, by: secondOperator, assignee: ben, from: null, reason, now: { at: now, staff: [worker(ana), worker(ben)] } },
  extend: { type: 'ExtendCase', ...step, reason, dueAt: '2026-12-01T00:00:00.000Z' },
  suspend: { type: 'SuspendCase', ...step, reason, reviewAt: '2026-12-01T00:00:00.000Z' },
  resume: { type: 'ResumeCase', ...step },
  void: { type: 'VoidCase', ...step, reason },
  merge: { type: 'MergeCase', ...step, intoCaseId: ana },
  reopen: { type: 'ReopenCase', ...step, reason },
  rate: { type: 'RateCase', ...step, satisfaction: 5, comment: '' },
};
/** Written out once more, apart from the code, as domain-model says it. */
const leadsTo: Readonly<Record<CaseState, Partial<Record<CaseCommandName, CaseState>>>> = {
  reported: { accept: 'accepted', void: 'voided', merge: 'merged' },
  accepted: { dispatch: 'dispatched' },
  dispatched: { start: 'in-progress', 'send-back': 'accepted', reassign: 'dispatched' },
  'in-progress': { reassign: 'dispatched', complete: 'completed', extend: 'in-progress', suspend: 'suspended' },
  suspended: { resume: 'in-progress' },
  completed: { verify: 'verified', rework: 'dispatched' },
  verified: { close: 'closed' },
  closed: { reopen: 'accepted', rate: 'closed' },
  voided: {},
  merged: {},
};

describe('the state table', () => {
  const { given } = scenario(decider);
  const every = CASE_STATES.flatMap((state) => CASE_COMMANDS.map((name) => ({ state, name, next: leadsTo[state][name] })));

  it.each(every.filter(({ next }) => next !== undefined))('$name leads from $state to $next', ({ state, name, next }) => {
    const before = until[state].reduce(decider.evolve, decider.initial);
    const after = decider.decide(commands[name], before).reduce(decider.evolve, before);
    expect(after.state).toBe(next);
  });

  it.each(every.filter(({ next }) => next === undefined))('$name is refused when $state', ({ state, name }) => {
    given(...until[state]).when(commands[name]).expectRejection('CASE_STATE_WRONG');
  });

  it.each(CASE_COMMANDS)('%s is refused for a case that does not exist', (name) => {
    given().when(commands[name]).expectRejection('CASE_UNKNOWN');
  });

  it('tells the second person who was quicker and what is possible now', () => {
    const accept = { type: 'AcceptCase', caseId, by: operator, now } as const;
    const state = [...until.dispatched].reduce(decider.evolve, decider.initial);
    expect(() => decider.decide(accept, state)).toThrow(
      `Case 440305-20261123-0001 is dispatched: dispatched to ${ana} by op at ${now}. ` +
        '"accept" needs it to be reported; possible now: start, send-back, reassign',
    );
  });
});
