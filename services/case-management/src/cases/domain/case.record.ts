import type { CaseReported, CaseState } from '@brain/contracts';
import type { CaseEvent } from './case.events.js';

type Reported = CaseReported['data'];

/** Everything a case is at one moment, folded from its events. */
export interface CaseRecord extends Reported {
  readonly state: CaseState;
  readonly assignee: string | null;
  /** The worker whose completion is to be verified. */
  readonly performedBy: string | null;
  /** Start of the whole-case clock: opening, or the last reopening. */
  readonly clockStartedAt: string;
  /** The clock stands since: suspended, closed, voided or merged. */
  readonly clockStoppedAt: string | null;
  readonly closedAt: string | null;
  /** The due time for which overdue was recorded. */
  readonly overdueRecordedFor: string | null;
  readonly satisfaction: number | null;
  /** Accepted by the rule and still waiting for somebody on duty. */
  readonly awaitsRule: boolean;
  /** The last step, to recognise a repeat and to tell a second person what changed. */
  readonly last: CaseEvent;
}

export type CaseSnapshot = { readonly state: 'absent' } | CaseRecord;

/** Did the due time pass on the case's own clock? A standing clock keeps the answer it stopped with. */
export function isOverdue(record: Pick<CaseRecord, 'state' | 'dueAt' | 'clockStoppedAt'>, now: string): boolean {
  if (record.state === 'voided' || record.state === 'merged') return false;
  return (record.clockStoppedAt ?? now) > record.dueAt;
}
