import type { Availability, StaffWorkload } from '@brain/contracts';
import { stageOf, weightOf, type WorkItem } from './case-weight.js';

const HOUR_MS = 3_600_000;

interface Person {
  readonly staffId: string;
  readonly name: string;
  readonly areaCodes: readonly string[];
  readonly availability: Availability;
}

/** Σ weight ÷ capacity, to three decimals so that equal loads compare as equal. */
export function loadOf(items: readonly WorkItem[], nowMs: number, capacity: number): number {
  const weight = items.reduce((sum, item) => sum + weightOf(item, nowMs), 0);
  return Math.round((weight / capacity) * 1000) / 1000;
}

export function workloadOf(
  person: Person,
  items: readonly WorkItem[],
  at: { readonly now: string; readonly capacity: number },
): StaffWorkload {
  const nowMs = Date.parse(at.now);
  const stages = items.map((item) => stageOf(item, nowMs));
  const running = items.filter((_, index) => stages[index] === 'normal' || stages[index] === 'last-quarter');
  return {
    staffId: person.staffId,
    name: person.name,
    areaCodes: [...person.areaCodes],
    availability: person.availability,
    activity: activityOf(items),
    openCases: items.length,
    overdueCases: stages.filter((stage) => stage === 'overdue').length,
    dueWithinHour: running.filter(({ dueAt }) => Date.parse(dueAt) - nowMs <= HOUR_MS).length,
    load: loadOf(items, nowMs, at.capacity),
    updatedAt: at.now,
  };
}

/** What makes the load up, heaviest first. */
export function explainLoad(items: readonly WorkItem[], now: string) {
  const nowMs = Date.parse(now);
  return items
    .map((item) => ({
      caseId: item.caseId,
      number: item.number,
      severity: item.severity,
      state: item.state,
      dueAt: item.dueAt,
      stage: stageOf(item, nowMs),
      weight: weightOf(item, nowMs),
    }))
    .sort((one, other) => other.weight - one.weight || (one.number < other.number ? -1 : 1));
}

function activityOf(items: readonly WorkItem[]): StaffWorkload['activity'] {
  if (items.some(({ state }) => state === 'in-progress')) return 'on-site';
  return items.some(({ state }) => state === 'dispatched') ? 'dispatched' : 'free';
}
