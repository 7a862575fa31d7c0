import { describe, expect, it } from '@jest/globals';
import { reasonOf } from './made-tables.js';

describe('the reason why a table differs from its events', () => {
  const madeAt = new Date('2026-11-30T12:00:00Z');

  it.each([
    ['was begun before this was kept', undefined, 'earlier-version'],
    ['was made with other columns, types or version', { making: 'then', madeAt }, 'made-otherwise'],
    ['was made as it would be made now', { making: 'now', madeAt }, 'unexplained'],
  ] as const)('of a table that %s', (_, made, reason) => {
    expect(reasonOf(made, 'now')).toBe(reason);
  });
});
