import { describe, expect, it } from '@jest/globals';
import { RunBudget } from './run-budget.js';

describe('the time budget of a rule', () => {
  it('is spent after too many slow runs in a row', () => {
    const budget = new RunBudget(10, 2);
    expect([11, 11, 11].map((ms) => budget.spent(ms))).toEqual([false, false, true]);
  });

  it('forgives slow runs between fast ones', () => {
    const budget = new RunBudget(10, 1);
    expect([11, 1, 11, 1, 11].map((ms) => budget.spent(ms))).toEqual([false, false, false, false, false]);
  });
});
