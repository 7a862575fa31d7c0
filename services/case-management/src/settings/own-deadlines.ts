import type { CaseCategory } from '../cases/domain/case.settings.js';
import type { Deadline, DeadlineUnit } from '../cases/domain/deadline.js';
import { CASE_CATEGORIES } from './case-categories.js';

export type OwnDeadlines = ReadonlyMap<string, Deadline>;

const UNITS: readonly DeadlineUnit[] = ['urgent-hour', 'working-hour', 'working-day', 'natural-day'];

/** `01076=2 urgent-hour,06010=4 working-hour`; undefined when it is not such a list of known categories. */
export function parseDeadlines(text: string): OwnDeadlines | undefined {
  const own = new Map<string, Deadline>();
  for (const entry of text.split(',').filter((part) => part.trim() !== '')) {
    const [, code, amount, name] = /^\s*(\d+)\s*=\s*(\d+(?:\.\d+)?)\s+([a-z-]+)\s*$/.exec(entry) ?? [];
    const unit = UNITS.find((one) => one === name);
    if (unit === undefined || !CASE_CATEGORIES.some((category) => category.code === code)) return undefined;
    if (code === undefined || Number(amount) <= 0 || !isCountable(Number(amount), unit)) return undefined;
    own.set(code, { amount: Number(amount), unit });
  }
  return own;
}

/** Working days end at an hour of the day: there are no halves of them. */
function isCountable(amount: number, unit: DeadlineUnit): boolean {
  return unit !== 'working-day' || Number.isInteger(amount);
}

export function withDeadlines(categories: readonly CaseCategory[], own: OwnDeadlines): readonly CaseCategory[] {
  return categories.map((category) => ({ ...category, deadline: own.get(category.code) ?? category.deadline }));
}

/** For the version that every event pins; empty without own deadlines. */
export function versionOf(own: OwnDeadlines): string {
  return [...own].map(([code, { amount, unit }]) => `+${code}-${String(amount)}-${unit}`).sort().join('');
}
