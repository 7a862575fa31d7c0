import { describe, expect, it } from '@jest/globals';
import { anyInstant, instant } from './values.js';

describe('a moment as somebody names it', () => {
  it.each([
    ['2026-03-01T09:00:00+08:00', '2026-03-01T01:00:00.000Z'],
    ['2026-03-01T09:00:00.5Z', '2026-03-01T09:00:00.500Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59+14:00', '9999-12-31T09:59:59.000Z'],
  ])('%s is read in UTC', (text, read) => {
    expect(anyInstant.parse(text)).toBe(read);
  });

  it.each(['0000-06-01T00:00:00Z', '0000-01-01T00:00:00+01:00', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '2026-02-30T00:00:00Z', '2026-03-01', ''])(
    '%s is none that could be sorted or stored',
    (text) => {
      expect(anyInstant.safeParse(text).success).toBe(false);
    },
  );

  it('of the year 0 is in no event', () => {
    expect(instant.safeParse('0000-01-01T00:00:00.000Z').success).toBe(false);
    expect(instant.parse('0001-01-01T00:00:00.000Z')).toBe('0001-01-01T00:00:00.000Z');
  });
});
