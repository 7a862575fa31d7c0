import { DomainError } from '@brain/event-store/pure';
import type { Deadline } from './deadline.js';
import type { WorkCalendar } from './work-calendar.js';

/** 事项类别. Keyed by (standardRef, kind, code): two editions of the standard are in force side by side. */
export interface CaseCategory {
  readonly standardRef: string;
  readonly kind: '事项';
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly deadline: Deadline;
}

/** What decisions depend on besides the case itself. Every reported case pins `version`. */
export interface CaseSettings {
  readonly version: string;
  readonly categories: readonly CaseCategory[];
  /** Stands in when a rule names a category that the list does not have. */
  readonly fallbackCategory: string;
  readonly reopenWithinDays: number;
  readonly calendar: WorkCalendar;
}

export function findCategory(settings: CaseSettings, code: string): CaseCategory | undefined {
  return settings.categories.find((category) => category.code === code);
}

/** The category of a case on record, whatever has become of the list since. */
export function categoryOf(settings: CaseSettings, code: string): CaseCategory {
  const category = findCategory(settings, code) ?? findCategory(settings, settings.fallbackCategory);
  if (category === undefined) throw new Error(`The fallback category ${settings.fallbackCategory} is not in the list`);
  return category;
}

/** Refuses with CATEGORY_UNKNOWN. */
export function requireCategory(settings: CaseSettings, code: string): CaseCategory {
  const category = findCategory(settings, code);
  if (category !== undefined) return category;
  throw new DomainError('CATEGORY_UNKNOWN', `There is no category ${code}`, [
    { path: 'category', message: `${code} is not in the list of categories` },
  ]);
}
