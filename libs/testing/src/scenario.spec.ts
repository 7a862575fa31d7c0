import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@brain/contracts';
import { scenario } from './scenario.js';

interface Counted {
  readonly type: 'Counted';
  readonly to: number;
}

const counter = {
  initial: 0,
  decide: ({ upTo }: { upTo: number }, state: number): readonly Counted[] => {
    if (state >= upTo) throw new DomainError('COUNTER_FULL', 'enough');
    return [{ type: 'Counted', to: state + 1 }];
  },
  evolve: (_: number, event: Counted) => event.to,
};

describe('a scenario', () => {
  const { given } = scenario(counter);

  it('folds what was given before it decides', () => {
    given({ type: 'Counted', to: 4 }).when({ upTo: 9 }).expectEvents({ type: 'Counted', to: 5 });
  });

  it('fails when other events come', () => {
    expect(() => given().when({ upTo: 9 }).expectEvents({ type: 'Counted', to: 2 })).toThrow();
    expect(() => given().when({ upTo: 9 }).expectEvents()).toThrow();
  });

  it('fails when the rejection has another code, or does not come', () => {
    given({ type: 'Counted', to: 9 }).when({ upTo: 9 }).expectRejection('COUNTER_FULL');
    expect(() => given({ type: 'Counted', to: 9 }).when({ upTo: 9 }).expectRejection('OTHER')).toThrow();
    // What node:assert says of it differs between versions of Node; what it compared does not.
    const accepted = { actual: 'accepted with [{"type":"Counted","to":1}]', expected: 'COUNTER_FULL' };
    expect(() => given().when({ upTo: 9 }).expectRejection('COUNTER_FULL')).toThrow(expect.objectContaining(accepted));
  });
});
