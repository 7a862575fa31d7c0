import { describe, expect, it } from '@jest/globals';
import { withinBudget } from './within-budget.js';

describe('a time budget', () => {
  it('gives the answer of what ends in time', () => expect(withinBudget(1000, () => 42)).toBe(42));

  it('ends what does not end by itself', () => {
    const endless = () => {
      for (;;);
    };
    expect(() => withinBudget(20, endless)).toThrow(expect.objectContaining({ code: 'RULE_OVER_BUDGET' }));
  });

  it('hands on the refusal of what it runs', () => {
    const refuse = () => {
      throw new RangeError('no');
    };
    expect(() => withinBudget(1000, refuse)).toThrow(RangeError);
  });
});
