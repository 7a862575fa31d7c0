import { describe, expect, it } from '@jest/globals';
import { SOCKET_TOPICS, type SubscribeRequest } from '@brain/contracts';
import { follows, refusalOf, subscriptionOf } from './subscription.js';

const asking = (areas: string[], topics: SubscribeRequest['topics'] = ['alert']): SubscribeRequest => ({ areas, topics });

describe('a subscription', () => {
  it('is the same for everyone who asks for the same thing', () => {
    const one = subscriptionOf(asking(['440306', '440305'], ['case', 'alert']));
    const other = subscriptionOf(asking(['440305', '440306', '440305'], ['alert', 'case', 'alert']));
    expect(one.key).toBe(other.key);
  });

  it('leaves out areas within another, and all beside everywhere', () => {
    expect(subscriptionOf(asking(['440305001', '440305', '440306001'])).areas).toEqual(['440305', '440306001']);
    expect(subscriptionOf(asking(['440305', '*'])).areas).toEqual(['*']);
  });

  it('follows what lies in its areas, and everything when it is everywhere', () => {
    expect(follows(subscriptionOf(asking(['440305001'])), ['440305001002'])).toBe(true);
    expect(follows(subscriptionOf(asking(['440305001'])), ['440305002', '440305'])).toBe(false);
    expect(follows(subscriptionOf(asking(['*'])), ['110101'])).toBe(true);
  });
});

describe('asking for a subscription', () => {
  const inNanshan = (code: string) => code.startsWith('440305');

  it('is granted within scope and role', () => {
    expect(refusalOf(asking(['440305001'], [...SOCKET_TOPICS]), ['operator'], inNanshan)).toBeUndefined();
  });

  it('is refused for an area outside, naming which', () => {
    expect(refusalOf(asking(['440305', '440306']), ['operator'], inNanshan)).toMatchObject({
      code: 'AREA_OUT_OF_SCOPE',
      path: 'areas.1',
    });
  });

  it('is refused for everywhere when the scope is not', () => {
    expect(refusalOf(asking(['*']), ['operator'], inNanshan)).toMatchObject({ code: 'AREA_OUT_OF_SCOPE', path: 'areas.0' });
  });

  it('is refused for a topic the roles do not have, naming which', () => {
    expect(refusalOf(asking(['440305'], ['alert', 'workload']), ['grid-worker'], inNanshan)).toMatchObject({
      code: 'TOPIC_NOT_ALLOWED',
      path: 'topics.1',
    });
    expect(refusalOf(asking(['440305'], ['workload']), ['grid-worker', 'operator'], inNanshan)).toBeUndefined();
  });
});
