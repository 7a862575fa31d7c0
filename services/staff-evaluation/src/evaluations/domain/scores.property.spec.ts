import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ana, ben, closed, dispatched, history, overdue, reported, sentBack, suspended, voided } from './case-history.fixture.js';
import { computeScores, requireScheme } from './evaluation.decider.js';
import { wilsonInterval } from './wilson-interval.js';

const period = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z', asOf: '2026-12-01T00:00:00.000Z' };
const step = fc.constantFrom(
  dispatched(ana),
  dispatched(ben),
  sentBack,
  suspended('2026-11-05T00:00:00.000Z'),
  closed('2026-11-09T00:00:00.000Z'),
  closed('2026-11-11T00:00:00.000Z'),
  overdue,
  voided,
);
const histories = fc
  .array(fc.array(step, { maxLength: 6 }), { maxLength: 30 })
  .map((cases) => cases.map((steps, index) => history(index + 1, reported(), ...steps)));
const score = (cases: ReturnType<typeof history>[]) =>
  computeScores(requireScheme('on-time-closing'), period, { histories: cases, names: {} });

describe('scores, whatever the record', () => {
  it('do not depend on the order in which cases are read', () => {
    fc.assert(fc.property(histories, (cases) => expect(score([...cases].reverse())).toEqual(score(cases))));
  });

  it('can be added up again from their evidence', () => {
    fc.assert(
      fc.property(histories, (cases) => {
        for (const { evidence, numerator, denominator, value, interval } of score(cases)) {
          expect(evidence).toHaveLength(denominator);
          expect(evidence.filter(({ counted }) => counted)).toHaveLength(numerator);
          expect(value === null).toBe(denominator < 3);
          const [low = 0, high = 0] = interval ?? [];
          expect(low <= numerator / denominator && numerator / denominator <= high).toBe(true);
        }
      }),
    );
  });

  it('name each case once, for one person', () => {
    fc.assert(
      fc.property(histories, (cases) => {
        const ids = score(cases).flatMap(({ evidence }) => evidence.map(({ caseId }) => caseId));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('the Wilson interval', () => {
  it('is none without a sample and never certain with one', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonInterval(0, 5)).toEqual([0, 0.434482]);
    expect(wilsonInterval(5, 5)).toEqual([0.565518, 1]);
  });
  it('narrows with the sample', () => {
    const width = (n: number) => {
      const [low = 0, high = 1] = wilsonInterval(n / 2, n) ?? [];
      return high - low;
    };
    expect(width(1000)).toBeLessThan(width(10));
  });
});
