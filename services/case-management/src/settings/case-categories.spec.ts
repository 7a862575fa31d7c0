import { describe, expect, it } from '@jest/globals';
import { CASE_CATEGORIES, FALLBACK_CATEGORY } from './case-categories.js';
import { isWorkday } from '../cases/domain/work-calendar.js';
import { chineseCalendar } from './chinese-calendar.js';

describe('the categories', () => {
  it('have one line per code, the fallback among them', () => {
    const codes = CASE_CATEGORIES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toContain(FALLBACK_CATEGORY);
  });
  it('all have a deadline', () => {
    expect(CASE_CATEGORIES.filter(({ deadline }) => !(deadline.amount > 0))).toEqual([]);
  });
});

describe('the Chinese calendar', () => {
  it.each([
    ['2026-10-01', false],
    ['2026-10-10', true],
    ['2026-11-22', false],
    ['2026-11-23', true],
  ])('%s is worked: %s', (date, isWorked) => {
    expect(isWorkday(chineseCalendar, date)).toBe(isWorked);
  });
  it('knows the years that were published, and says where they end', () => {
    expect(chineseCalendar.knownUntil).toMatch(/^20\d\d-12-31$/);
    expect(chineseCalendar.knownUntil >= '2026-12-31').toBe(true);
  });
});
