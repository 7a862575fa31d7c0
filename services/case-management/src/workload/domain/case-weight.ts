import type { CaseState, Severity } from '@brain/contracts';

/** A case as it weighs on the person it is assigned to. */
export interface WorkItem {
  readonly caseId: string;
  readonly number: string;
  readonly assignee: string;
  readonly severity: Severity;
  readonly state: CaseState;
  readonly clockStartedAt: string;
  readonly dueAt: string;
  readonly revision: number;
}

/** Cases in these states are the assignee's work; what is completed waits for the operator. */
export const STATES_OF_WORK: readonly CaseState[] = ['dispatched', 'in-progress', 'suspended'];

export type UrgencyStage = 'normal' | 'last-quarter' | 'overdue' | 'suspended';

/** A suspended case binds nobody until its review. */
const STAGE_WEIGHTS: Readonly<Record<UrgencyStage, number>> = { normal: 1, 'last-quarter': 1.5, overdue: 2, suspended: 0 };
const SEVERITY_FACTORS: Readonly<Record<Severity, number>> = { CRITICAL: 1.5, MAJOR: 1.25, MINOR: 1, WARNING: 1, INFO: 1 };

/** As `?explain=true` returns it. */
export function loadFormula(capacity: number) {
  return {
    load: 'sum over the open cases of stage weight × severity factor, divided by capacity',
    capacity,
    stageWeights: STAGE_WEIGHTS,
    severityFactors: SEVERITY_FACTORS,
    stages: {
      normal: 'more than a quarter of its time is left',
      'last-quarter': 'at most a quarter of the time between the start of the clock and the due time is left',
      overdue: 'the due time has passed',
      suspended: 'the clock stands',
    },
  } as const;
}

export function stageOf({ state, clockStartedAt, dueAt }: WorkItem, nowMs: number): UrgencyStage {
  if (state === 'suspended') return 'suspended';
  const left = Date.parse(dueAt) - nowMs;
  if (left < 0) return 'overdue';
  return left <= (Date.parse(dueAt) - Date.parse(clockStartedAt)) / 4 ? 'last-quarter' : 'normal';
}

export function weightOf(item: WorkItem, nowMs: number): number {
  return STAGE_WEIGHTS[stageOf(item, nowMs)] * SEVERITY_FACTORS[item.severity];
}
