import { describe, expect, it } from '@jest/globals';
import type { EvaluationComputed } from '@brain/contracts';
import { scenario } from '@brain/testing';
import { idOf } from './case-history.fixture.js';
import { evaluationDecider, requirePeriod } from './evaluation.decider.js';

const from = '2026-11-01T00:00:00.000Z';
const to = '2026-12-01T00:00:00.000Z';
const pinned = { evaluationId: idOf(9, 0), schemeId: 'on-time-closing', from, to, areaCodes: ['440305'] };
const record = { asOf: to, position: '0007', histories: [], names: {} };
const compute = { type: 'ComputeEvaluation', ...pinned, askedAsOf: null, now: record } as const;
const computed: EvaluationComputed = {
  type: 'EvaluationComputed',
  data: { ...pinned, schemeVersion: 1, asOf: to, position: '0007', scores: [] },
};

describe('computing an evaluation', () => {
  const { given } = scenario(evaluationDecider);

  it('pins the version of the scheme and how far the record was read', () => {
    given().when(compute).expectEvents(computed);
  });
  it('changes nothing when it was computed', () => {
    given(computed).when({ ...compute, now: { ...record, position: '0009' } }).expectEvents();
  });
  it('is refused for an unknown scheme', () => {
    given().when({ ...compute, schemeId: 'five-star' }).expectRejection('SCHEME_UNKNOWN');
  });
  it.each([
    ['to', { from, to: from, asOf: to }],
    ['asOf', { from, to, asOf: '2026-12-01T00:00:00.001Z' }],
  ])('names %s when the period is wrong', (path, period) => {
    expect(() => requirePeriod(period, to)).toThrow(
      expect.objectContaining({ code: 'EVALUATION_PERIOD_INVALID', details: { errors: [expect.objectContaining({ path })] } }),
    );
  });
});
