/**
 * How far one condition has come for one device. Event time only, in milliseconds: `lastTs` is the newest reading
 * that decided it. A reading not newer than that is late or a repeat and never changes the state.
 */
export type Condition =
  | { readonly phase: 'idle'; readonly lastTs: number }
  | { readonly phase: 'pending'; readonly lastTs: number; readonly since: number }
  | ActiveCondition;

export interface ActiveCondition {
  readonly phase: 'active';
  readonly lastTs: number;
  readonly alertId: string;
  readonly occurrences: number;
  /** Event time of the last AlertRecurred; null before the first. */
  readonly recurredAt: number | null;
}

/** What one reading says. `undefined`: it cannot be told from this reading, e.g. its metric is missing. */
export interface Verdict {
  readonly ts: number;
  readonly holds: boolean | undefined;
  /** From `clearWhen`; a rule without it clears when the condition no longer holds. */
  readonly clears: boolean | undefined;
}

export interface ConditionPolicy {
  readonly forMs: number;
  readonly recurrenceMs: number;
  readonly alertIdFor: (since: number) => string;
}

export type Outcome =
  | { readonly type: 'raise'; readonly alertId: string; readonly since: number }
  | { readonly type: 'recur'; readonly alertId: string; readonly occurrences: number }
  | { readonly type: 'clear'; readonly alertId: string; readonly occurrences: number };

export interface Step {
  readonly condition: Condition;
  readonly outcome?: Outcome;
}

export const NEVER_EVALUATED: Condition = { phase: 'idle', lastTs: Number.NEGATIVE_INFINITY };

/** One reading's verdict moves one condition. */
export function advance(condition: Condition, verdict: Verdict, policy: ConditionPolicy): Step {
  if (verdict.ts <= condition.lastTs) return { condition };
  if (verdict.holds === undefined && verdict.clears === undefined) return { condition };
  switch (condition.phase) {
    case 'idle':
      if (verdict.holds === undefined) return { condition };
      return verdict.holds ? hold(verdict.ts, verdict.ts, policy) : { condition: idle(verdict.ts) };
    case 'pending':
      if (verdict.holds === undefined) return { condition };
      return verdict.holds ? hold(condition.since, verdict.ts, policy) : { condition: idle(verdict.ts) };
    case 'active':
      return whileActive(condition, verdict, policy);
  }
}

/** The alert was cleared by a person: the condition starts anew with the next reading. */
export function startAnew(condition: Condition): Condition {
  return idle(condition.lastTs);
}

function idle(lastTs: number): Condition {
  return { phase: 'idle', lastTs };
}

function hold(since: number, ts: number, policy: ConditionPolicy): Step {
  if (ts - since < policy.forMs) return { condition: { phase: 'pending', lastTs: ts, since } };
  const alertId = policy.alertIdFor(since);
  return {
    condition: { phase: 'active', lastTs: ts, alertId, occurrences: 1, recurredAt: null },
    outcome: { type: 'raise', alertId, since },
  };
}

function whileActive(active: ActiveCondition, { ts, holds, clears }: Verdict, policy: ConditionPolicy): Step {
  const { alertId } = active;
  if (holds === true) return countUp(active, ts, policy);
  if (clears === true) return { condition: idle(ts), outcome: { type: 'clear', alertId, occurrences: active.occurrences } };
  return { condition: { ...active, lastTs: ts } };
}

/** The exact count is kept here; an event tells it at the first repeat and then at most once per interval. */
function countUp(active: ActiveCondition, ts: number, policy: ConditionPolicy): Step {
  const occurrences = active.occurrences + 1;
  const telling = active.recurredAt === null || ts - active.recurredAt >= policy.recurrenceMs;
  const condition = { ...active, lastTs: ts, occurrences, recurredAt: telling ? ts : active.recurredAt };
  return telling ? { condition, outcome: { type: 'recur', alertId: active.alertId, occurrences } } : { condition };
}
