import { describe, expect, it } from '@jest/globals';
import * as fixture from './case-history.fixture.js';
import { computeScores, requireScheme } from './evaluation.decider.js';
import type { RecordedOutcome } from './case-outcome.js';

const { ana, ben, closed, dispatched, dueAt, extended, history, idOf, overdue, reopened, reported, sentBack, suspended, voided } = fixture;
const november = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z', asOf: '2026-12-01T00:00:00.000Z' };
const onTime = '2026-11-09T00:00:00.000Z';
const late = '2026-11-11T00:00:00.000Z';
const scores = (histories: readonly RecordedOutcome[][], period = november) =>
  computeScores(requireScheme('on-time-closing'), period, { histories, names: { [ana]: 'Ana' } });
const countsOf = (...events: Parameters<typeof history>[1][]) =>
  scores([history(1, ...events)]).map(({ numerator, denominator }) => [numerator, denominator]);

describe('on-time closing', () => {
  it('is the share closed in time, with interval and the event behind each case', () => {
    const cases = [1, 2, 3, 4].map((n) => history(n, reported(), dispatched(), closed(n === 4 ? late : onTime)));
    expect(scores(cases)).toEqual([
      {
        staffId: ana,
        name: 'Ana',
        indicator: 'on-time-closing-rate',
        numerator: 3,
        denominator: 4,
        value: 0.75,
        interval: [0.300642, 0.954413],
        evidence: [1, 2, 3, 4].map((n) => ({ caseId: idOf(n, 0), eventId: idOf(n, 3), counted: n !== 4 })),
      },
    ]);
  });

  it('has no value below the minimum sample, and still its evidence', () => {
    const [score] = scores([1, 2].map((n) => history(n, reported(), dispatched(), closed(onTime))));
    expect(score).toMatchObject({ value: null, numerator: 2, denominator: 2 });
    expect(score?.evidence).toHaveLength(2);
  });

  it('counts an open case as late once it is due, by the event of the breach', () => {
    const [score] = scores([history(1, reported(), dispatched(), overdue)]);
    expect(score).toMatchObject({ numerator: 0, denominator: 1, evidence: [{ eventId: idOf(1, 3), counted: false }] });
  });

  it.each([
    ['a voided case', [reported(), voided]],
    ['a case nobody holds', [reported(), overdue]],
    ['a case that was sent back', [reported(), dispatched(), sentBack]],
    ['an open case that is due after the period', [reported('2026-12-02T00:00:00.000Z'), dispatched()]],
    ['an open case whose clock stood before it was due', [reported(), dispatched(), suspended(onTime)]],
    ['a case extended beyond the period', [reported(), dispatched(), extended('2026-12-24T00:00:00.000Z')]],
    ['a case closed and due in other periods', [reported('2026-10-02T00:00:00.000Z'), dispatched(), closed('2026-10-01T00:00:00.000Z', true)]],
  ])('leaves out %s', (_, events) => {
    expect(countsOf(...events)).toEqual([]);
  });

  it('does not call late what was not due yet when the record was read', () => {
    expect(scores([history(1, reported(), dispatched())], { ...november, asOf: '2026-11-10T09:59:59.999Z' })).toEqual([]);
  });

  it('counts an extended case against its new due time', () => {
    expect(countsOf(reported(), dispatched(), extended('2026-11-20T00:00:00.000Z'), closed(late, true))).toEqual([[1, 1]]);
  });

  it('counts for the person who had it last', () => {
    expect(scores([history(1, reported(), dispatched(), sentBack, dispatched(ben), closed(onTime))]).map(({ staffId }) => staffId)).toEqual([ben]);
  });

  it('forgets the closing of a reopened case', () => {
    expect(countsOf(reported(), dispatched(), closed(onTime), reopened('2026-11-20T00:00:00.000Z'), dispatched(), closed(late, true))).toEqual([[1, 1]]);
    expect(countsOf(reported(), dispatched(), closed(onTime), reopened('2026-11-20T00:00:00.000Z'), dispatched())).toEqual([[0, 1]]);
  });

  it('takes the end of the period as outside', () => {
    expect(scores([history(1, reported(), dispatched(), overdue)], { ...november, to: dueAt })).toEqual([]);
  });
});
