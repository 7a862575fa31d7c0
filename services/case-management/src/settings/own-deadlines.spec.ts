import { describe, expect, it } from '@jest/globals';
import { CASE_CATEGORIES } from './case-categories.js';
import { parseDeadlines, versionOf, withDeadlines } from './own-deadlines.js';

describe('deadlines of a place', () => {
  it('stand in for those of the list', () => {
    const own = parseDeadlines('01076=0.5 urgent-hour, 06010=3 working-day') ?? new Map();
    const deadlines = new Map(withDeadlines(CASE_CATEGORIES, own).map(({ code, deadline }) => [code, deadline]));
    expect(deadlines.get('01076')).toEqual({ amount: 0.5, unit: 'urgent-hour' });
    expect(deadlines.get('06010')).toEqual({ amount: 3, unit: 'working-day' });
    expect(deadlines.get('01001')).toEqual({ amount: 2, unit: 'urgent-hour' });
  });

  it('are part of the version, whatever their order', () => {
    const version = (text: string) => versionOf(parseDeadlines(text) ?? new Map());
    expect(version('')).toBe('');
    expect(version('06010=3 working-day,01076=1 urgent-hour')).toBe(version('01076=1 urgent-hour,06010=3 working-day'));
    expect(version('01076=1 urgent-hour')).not.toBe(version('01076=2 urgent-hour'));
  });

  it.each(['01076', '99999=1 urgent-hour', '01076=1 fortnight', '01076=0 urgent-hour', '01076=-1 urgent-hour', '01076=1.5 working-day'])(
    'are refused when they say %s',
    (text) => expect(parseDeadlines(text)).toBeUndefined(),
  );
});
