import type { IndicatorScore } from '@brain/contracts';
import type { CaseOutcome } from './case-outcome.js';
import type { Indicator } from './schemes.js';
import { rounded, wilsonInterval } from './wilson-interval.js';

export interface Period {
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  /** What was on record then is looked at. */
  readonly asOf: string;
}

type Held = CaseOutcome & { readonly assignee: string };

/** 按期结案率 of each person who had a case to close, in order of their ids. */
export function onTimeClosingRate(
  indicator: Indicator,
  outcomes: readonly CaseOutcome[],
  period: Period,
  nameOf: (staffId: string) => string,
): IndicatorScore[] {
  const byPerson = new Map<string, Held[]>();
  for (const outcome of outcomes.filter(isHeld)) {
    if (!isInPopulation(outcome, period)) continue;
    byPerson.set(outcome.assignee, [...(byPerson.get(outcome.assignee) ?? []), outcome]);
  }
  return [...byPerson]
    .sort(([one], [other]) => compare(one, other))
    .map(([staffId, cases]) => score(indicator, staffId, nameOf(staffId), cases));
}

function score(indicator: Indicator, staffId: string, name: string, cases: readonly Held[]): IndicatorScore {
  const denominator = cases.length;
  const numerator = cases.filter(wasOnTime).length;
  return {
    staffId,
    name,
    indicator: indicator.id,
    numerator,
    denominator,
    value: denominator < indicator.minimumSample ? null : rounded(numerator / denominator),
    interval: wilsonInterval(numerator, denominator),
    evidence: [...cases]
      .sort((one, other) => compare(one.caseId, other.caseId))
      .map((outcome) => ({ caseId: outcome.caseId, eventId: outcome.decidedBy, counted: wasOnTime(outcome) })),
  };
}

function isInPopulation({ closing, dueAt, suspendedAt, isLeftOut }: Held, period: Period): boolean {
  if (isLeftOut) return false;
  const isDueInPeriod = dueAt >= period.from && dueAt < period.to;
  if (closing !== null) return isDueInPeriod || (closing.at >= period.from && closing.at < period.to);
  const clockStoodBeforeDue = suspendedAt !== null && suspendedAt <= dueAt;
  return isDueInPeriod && dueAt <= period.asOf && !clockStoodBeforeDue;
}

function isHeld(outcome: CaseOutcome): outcome is Held {
  return outcome.assignee !== null;
}

function wasOnTime({ closing }: CaseOutcome): boolean {
  return closing?.onTime === true;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
