import { describe, expect, it } from '@jest/globals';
import { evidenceOf } from './fetch-evidence.js';

const order = 'desc';
const [from, to] = ['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'];

describe('the evidence package of a search', () => {
  it('is about the case that is looked for', () => {
    expect(evidenceOf({ case: 'C-1', order })).toBe('cases/C-1');
  });

  it('is about a person when a whole period is given', () => {
    expect(evidenceOf({ person: 'p1', from, to, order })).toBe('people/p1?from=2026-11-01T00%3A00%3A00.000Z&to=2026-12-01T00%3A00%3A00.000Z');
    expect(evidenceOf({ person: 'p1', from, order })).toBeUndefined();
  });

  it('is none for any other search, and nothing typed leaves its place in the address', () => {
    expect(evidenceOf({ q: '王', from, to, order })).toBeUndefined();
    expect(evidenceOf({ case: '../events', order })).toBe('cases/..%2Fevents');
  });
});
