import type { CasesConfig } from '../config.js';
import type { CaseSettings } from '../cases/domain/case.settings.js';
import { CASE_CATEGORIES, CASE_CATEGORIES_VERSION, FALLBACK_CATEGORY } from './case-categories.js';
import { versionOf, withDeadlines } from './own-deadlines.js';
import { chineseCalendar } from './chinese-calendar.js';

/** Injection token. */
export const CASE_SETTINGS = Symbol('CaseSettings');

export function caseSettings(config: Pick<CasesConfig, 'CASES_REOPEN_WITHIN_DAYS' | 'CASES_DEADLINES'>): CaseSettings {
  const { CASES_REOPEN_WITHIN_DAYS: reopenWithinDays, CASES_DEADLINES: deadlines } = config;
  return {
    // What is configurable is part of the version that every event pins.
    version: `${CASE_CATEGORIES_VERSION}+reopen-${reopenWithinDays}d${versionOf(deadlines)}`,
    categories: withDeadlines(CASE_CATEGORIES, deadlines),
    fallbackCategory: FALLBACK_CATEGORY,
    reopenWithinDays,
    calendar: chineseCalendar,
  };
}
