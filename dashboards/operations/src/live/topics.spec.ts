import { describe, expect, it } from '@jest/globals';
import { topicsOf } from './topics.js';

describe('the topics of a screen', () => {
  it('are all for an operator', () => expect(topicsOf(['operator'])).toEqual(['alert', 'case', 'workload', 'device', 'reading']));
  it('are those of every role of the account together', () =>
    expect(topicsOf(['grid-worker', 'evaluator'])).toEqual(['alert', 'case', 'workload', 'device']));
  it('are none without a role', () => expect(topicsOf([])).toEqual([]));
});
