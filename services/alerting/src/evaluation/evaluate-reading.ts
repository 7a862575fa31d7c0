import type { Reading } from '@brain/contracts';
import type { EvaluationInput } from '../rules/expressions/compile-expression.js';
import type { WindowReader } from '../rules/expressions/rule-environment.js';
import type { ActiveRule } from '../rules/rule-index.js';
import { aggregate } from './domain/aggregate.js';
import { alertIdOf } from './domain/alert-id.js';
import { advance, startAnew, type Condition, type Outcome, type Verdict } from './domain/condition.js';
import { sampleValue, type DeviceState, type MetricSample } from './device-state.js';

/** A rule had something to say about a reading. */
export interface Finding {
  readonly rule: ActiveRule;
  readonly reading: Reading;
  readonly outcome: Outcome;
}

export interface ReadingEvaluation {
  readonly findings: readonly Finding[];
  /** New samples for the windows of these rules, to be kept. */
  readonly samples: readonly MetricSample[];
  /** Rules that have exceeded their time budget too often. */
  readonly overBudget: readonly ActiveRule[];
}

export interface EvaluationSettings {
  readonly recurrenceMs: number;
  readonly wasClearedByPerson: (alertId: string) => boolean;
  /** Milliseconds of a running clock, for the time budget of rules only. */
  readonly stopwatch: () => number;
}

/** One reading of one device against all rules the device falls under. Changes `state`, nothing else. */
export function evaluateReading(
  state: DeviceState,
  rules: readonly ActiveRule[],
  reading: Reading,
  device: EvaluationInput['device'],
  settings: EvaluationSettings,
): ReadingEvaluation {
  const samples = takeSamples(state, rules, reading);
  const input: EvaluationInput = { reading: reading.values, device, area: { code: device.areaCode } };
  const windows: WindowReader = (name, metric, lengthMs) =>
    aggregate(name === 'change' ? 'delta' : name, state.windowOf(metric).within(reading.ts, lengthMs));
  const findings: Finding[] = [];
  const overBudget: ActiveRule[] = [];

  for (const rule of rules) {
    const startedAt = settings.stopwatch();
    const verdict = verdictOf(rule, reading.ts, input, windows);
    if (rule.budget.spent(settings.stopwatch() - startedAt)) overBudget.push(rule);
    const before = conditionNow(state, rule, settings);
    const { condition, outcome } = advance(before, verdict, {
      forMs: rule.compiled.forMs,
      recurrenceMs: settings.recurrenceMs,
      alertIdFor: (since) => alertIdOf(rule.ruleId, state.deviceId, since),
    });
    if (Number.isFinite(condition.lastTs)) state.setCondition(rule.ruleId, rule.revision, condition);
    if (outcome !== undefined) findings.push({ rule, reading, outcome });
  }
  return { findings, samples, overBudget };
}

function conditionNow(state: DeviceState, rule: ActiveRule, settings: EvaluationSettings): Condition {
  const condition = state.conditionOf(rule.ruleId, rule.revision);
  const cleared = condition.phase === 'active' && settings.wasClearedByPerson(condition.alertId);
  return cleared ? startAnew(condition) : condition;
}

function verdictOf({ compiled }: ActiveRule, ts: number, input: EvaluationInput, windows: WindowReader): Verdict {
  const holds = compiled.when.evaluate(input, windows);
  if (compiled.clearWhen !== null) return { ts, holds, clears: compiled.clearWhen.evaluate(input, windows) };
  return { ts, holds, clears: holds === undefined ? undefined : !holds };
}

function takeSamples(state: DeviceState, rules: readonly ActiveRule[], { ts, values }: Reading): MetricSample[] {
  const samples: MetricSample[] = [];
  for (const [metric, keepMs] of windowsOf(rules)) {
    const given = values[metric];
    const value = given === undefined ? undefined : sampleValue(given);
    if (value !== undefined && state.addSample(metric, { ts, value }, keepMs)) samples.push({ metric, ts, value });
  }
  return samples;
}

const knownWindows = new WeakMap<readonly ActiveRule[], ReadonlyMap<string, number>>();

/** Metric → how long its samples are needed. The same list of rules comes with every reading of a device. */
function windowsOf(rules: readonly ActiveRule[]): ReadonlyMap<string, number> {
  const known = knownWindows.get(rules);
  if (known !== undefined) return known;
  const longest = longestWindows(rules);
  knownWindows.set(rules, longest);
  return longest;
}

function longestWindows(rules: readonly ActiveRule[]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const { compiled } of rules) {
    for (const expression of [compiled.when, compiled.clearWhen]) {
      for (const [metric, ms] of expression?.references.windows ?? []) {
        longest.set(metric, Math.max(ms, longest.get(metric) ?? 0));
      }
    }
  }
  return longest;
}
