import type { CasesConfig } from '../config.js';
import type { CaseSettings } from '../cases/domain/case.settings.js';
import { CASE_CATEGORIES, CASE_CATEGORIES_VERSION, FALLBACK_CATEGORY } from './case-categories.js';
import { chineseCalendar } from './chinese-calendar.js';

/** Injection token. */
export const CASE_SETTINGS = Symbol('CaseSettings');

export function caseSettings({ CASES_REOPEN_WITHIN_DAYS: reopenWithinDays }: CasesConfig): CaseSettings {
  return {
    // What is configurable is part of the version that every event pins.
    version: `${CASE_CATEGORIES_VERSION}+reopen-${reopenWithinDays}d`,
    categories: CASE_CATEGORIES,
    fallbackCategory: FALLBACK_CATEGORY,
    reopenWithinDays,
    calendar: chineseCalendar,
  };
}
