import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@brain/contracts';
import { isWanted, typeFilter } from './type-filter.js';

describe('what the server leaves out', () => {
  it('is its own events when everything is wanted', () => {
    const { regex } = typeFilter({}) as { regex: string };
    expect(['$metadata', 'alerting.alert-raised.v1'].map((type) => new RegExp(regex).test(type))).toEqual([false, true]);
  });

  it('is all that does not begin with the source, or with one of the types', () => {
    expect(typeFilter({ source: 'alerting' })).toMatchObject({ filterOn: 'eventType', prefixes: ['alerting.'] });
    expect(typeFilter({ types: ['a.b.v1', 'c.d.v1'] })).toMatchObject({ prefixes: ['a.b.v1', 'c.d.v1'] });
    expect(typeFilter({ types: ['a.b.v1', 'c.d.v1'], source: 'c' })).toMatchObject({ prefixes: ['c.d.v1'] });
  });

  it('is everything when no type is wanted', () => {
    const { regex } = typeFilter({ types: ['a.b.v1'], source: 'c' }) as { regex: string };
    expect(new RegExp(regex).test('a.b.v1')).toBe(false);
  });
});

describe('what is left out here', () => {
  const event = { type: 'a.b.v10', metadata: { source: 'a' } } as StoredEvent;

  it('is a type that only begins like a wanted one', () => {
    expect(isWanted(event, { types: ['a.b.v1'] })).toBe(false);
    expect(isWanted(event, { types: ['a.b.v10'], source: 'a' })).toBe(true);
    expect(isWanted(event, { source: 'b' })).toBe(false);
  });
});
