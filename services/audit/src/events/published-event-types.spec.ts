import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@brain/contracts';
import { publishedEventTypes } from './published-event-types.js';

describe('the events of the record', () => {
  it('are those of every service that publishes any', () => {
    const services = new Set(publishedEventTypes.map((type) => type.split('.')[0]));
    expect([...services].sort()).toEqual([...SERVICES].sort());
    expect(publishedEventTypes).toContain('case-management.case-closed.v1');
  });

  it('have wire names, each once', () => {
    for (const type of publishedEventTypes) expect(type).toMatch(/^[a-z-]+\.[a-z-]+\.v\d+$/);
    expect(new Set(publishedEventTypes).size).toBe(publishedEventTypes.length);
  });
});
