import { describe, expect, it } from '@jest/globals';
import { countQuery, readSearch, searchQuery, writeSearch } from './audit-search.js';

describe('a search in the address', () => {
  it('is read as it was written', () => {
    const search = { q: '电梯 lift', types: ['alerting.alert-raised.v1', 'alerting.rule-defined.v1'], person: 'p', case: '440305-1', from: '2026-11-22T00:00:00.000Z', order: 'asc' } as const;
    expect(readSearch(new URLSearchParams(writeSearch(search)))).toEqual(search);
  });

  it('says only what is looked for', () => {
    expect(writeSearch({ q: '  ', types: [], order: 'desc' })).toEqual({});
    expect(readSearch(new URLSearchParams('event=7&order=sideways&q='))).toEqual({ order: 'desc' });
  });

  it('asks the server newest first unless it says otherwise, and counts without an order', () => {
    expect(searchQuery({ q: 'x', order: 'desc' })).toEqual({ q: 'x', order: 'desc' });
    expect(countQuery({ q: 'x', order: 'asc' })).toEqual({ q: 'x' });
  });
});
