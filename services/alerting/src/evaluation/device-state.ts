import type { MetricValue } from '@brain/contracts';
import { type Condition, NEVER_EVALUATED, startAnew } from './domain/condition.js';
import { SampleWindow, type Sample } from './domain/sample-window.js';

/** A condition with the revision of the rule it was evaluated under. */
export type StoredCondition = Condition & { readonly ruleRevision: number };

export interface MetricSample extends Sample {
  readonly metric: string;
}

/** All that evaluation remembers of one device. */
export class DeviceState {
  private readonly conditions: Map<string, StoredCondition>;
  private readonly windows = new Map<string, SampleWindow>();
  /** Undefined: no reading of it has come yet. */
  private wearerId: string | null | undefined;

  constructor(
    readonly deviceId: string,
    private readonly maxSamples: number,
    stored: Readonly<Record<string, StoredCondition>> = {},
    samples: readonly MetricSample[] = [],
  ) {
    this.conditions = new Map(Object.entries(stored));
    for (const sample of samples) this.windowOf(sample.metric).add(sample);
  }

  /** What was pending under an earlier revision of the rule starts anew; an active alert stays. */
  conditionOf(ruleId: string, ruleRevision: number): Condition {
    const stored = this.conditions.get(ruleId);
    if (stored === undefined) return NEVER_EVALUATED;
    return stored.phase === 'pending' && stored.ruleRevision !== ruleRevision ? startAnew(stored) : stored;
  }

  setCondition(ruleId: string, ruleRevision: number, condition: Condition): void {
    this.conditions.set(ruleId, { ...condition, ruleRevision });
  }

  /** The alerts were cleared by a person: their conditions start anew with the next reading. */
  startAnewAfter(clearedAlerts: ReadonlySet<string>): void {
    for (const [ruleId, condition] of this.conditions) {
      const { ruleRevision } = condition;
      const isOver = condition.phase === 'active' && clearedAlerts.has(condition.alertId);
      if (isOver) this.setCondition(ruleId, ruleRevision, startAnew(condition));
    }
  }

  /** A device that comes to another starts anew: what it measured before says nothing of them. An active alert stays. */
  wornBy(wearerId: string | null): void {
    const isAnothers = this.wearerId !== undefined && this.wearerId !== wearerId;
    this.wearerId = wearerId;
    if (!isAnothers) return;
    this.windows.clear();
    this.startAnewSince(Number.POSITIVE_INFINITY);
  }

  /** What was pending before that moment starts anew. */
  startAnewSince(moment: number): void {
    for (const [ruleId, condition] of this.conditions) {
      if (condition.phase === 'pending' && condition.since < moment) this.setCondition(ruleId, condition.ruleRevision, startAnew(condition));
    }
  }

  /** False when the sample is a repeat. */
  addSample(metric: string, sample: Sample, keepMs: number): boolean {
    const window = this.windowOf(metric);
    const isNew = window.add(sample);
    window.trim(keepMs);
    return isNew;
  }

  windowOf(metric: string): SampleWindow {
    let window = this.windows.get(metric);
    if (window === undefined) this.windows.set(metric, (window = new SampleWindow(this.maxSamples)));
    return window;
  }

  activeAlerts(): readonly string[] {
    return [...this.conditions.values()].flatMap((condition) => (condition.phase === 'active' ? [condition.alertId] : []));
  }

  oldestSamples(): readonly { readonly metric: string; readonly ts: number }[] {
    return [...this.windows].flatMap(([metric, { oldestTs }]) => (oldestTs === undefined ? [] : [{ metric, ts: oldestTs }]));
  }

  toJSON(): Readonly<Record<string, StoredCondition>> {
    return Object.fromEntries(this.conditions);
  }
}

/** Switches count as 1 and 0; texts have no place in a window. */
export function sampleValue(value: MetricValue): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : undefined;
}
